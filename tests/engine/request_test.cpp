// Text that comes piece by piece, and its events.
#include "engine/request.h"

#include <thread>

#include "tests/engine/helpers.h"
#include "tests/engine/shared_voices.h"
#include "tests/test.h"

using namespace tts;

namespace {

using Pulled = Request::Pulled;

const std::string kStory =
    "[[həlˈoʊ]], [[wˈɜːld]]. The end of it!\n\nNext, Dr. Who's 3.5 km — “naïve”? [[pause 30ms]] "
    "Then…\n- one\n- two.\n[[ðɪs]] [[ɪz]] [[ɪt]]. \xF0\x9F\x98\x80 ʘ And so on";

bool same(const Event& a, const Event& b) {
  return a.kind == b.kind && a.audio == b.audio && a.text == b.text &&
         a.samples.begin == b.samples.begin && a.samples.end == b.samples.end &&
         a.bytes.begin == b.bytes.begin && a.bytes.end == b.bytes.end;
}

// Pushed in pieces of `size` bytes; `pull` is asked for what is there between them.
std::vector<Event> hear_pieces(const std::shared_ptr<const Voice>& voice,
                               const SpeakOptions& options,
                               const std::string& text,
                               size_t size,
                               InputKind kind = InputKind::kPlain) {
  Request request(voice, options);
  std::vector<Event> events;
  Event event;
  for (size_t at = 0; at < text.size(); at += size) {
    request.push(std::string_view(text).substr(at, size), kind);
    while (request.next(event) == Pulled::kEvent) events.push_back(event);
  }
  request.finish();
  while (request.next(event) == Pulled::kEvent) events.push_back(event);
  CHECK(request.next(event) == Pulled::kEnd);
  return events;
}

void check_pieces(const std::shared_ptr<const Voice>& voice,
                  const SpeakOptions& options,
                  const std::string& text,
                  InputKind kind = InputKind::kPlain) {
  const std::vector<Event> whole = hear(Synthesizer(voice, options), text, kind).events;
  for (const size_t size : {size_t{1}, size_t{2}, size_t{5}, size_t{33}, text.size()}) {
    CAPTURE(size);
    const std::vector<Event> events = hear_pieces(voice, options, text, size, kind);
    REQUIRE(events.size() == whole.size());
    for (size_t i = 0; i < events.size(); ++i) REQUIRE(same(events[i], whole[i]));
  }
}

}  // namespace

TEST_CASE("request: pieces give the events and samples of the whole") {
  VoiceOptions threads;
  for (const int count : {1, 3}) {
    threads.threads = count;
    const auto voice = Voice::open("dummy", threads);
    check_pieces(voice, seeded(), kStory);
    SpeakOptions options = seeded(3);
    options.first_clause_words = 2;
    options.sample_rate_hz = 44100;
    check_pieces(voice, options, kStory);
    options = seeded();
    options.duration_s = 20;
    check_pieces(voice, options, kStory);
    check_pieces(voice, seeded(), "həlˈoʊ wˈɜːld. ðɪs ɪz ɪt! ə", InputKind::kIpa);
    check_pieces(voice,
                 seeded(),
                 "<speak>Hello. <break time=\"1s\"/>This &amp; <mark name='m'/>that.</speak>",
                 InputKind::kSsml);
  }
}

TEST_CASE("request: pieces give the samples of the whole with networks too") {
  const SharedVoices voices;
  const auto voice = voices.voice();
  for (const auto& generator : voice->generator_names()) {
    SpeakOptions options = seeded();
    options.generator = generator;
    options.first_clause_words = 1;
    const std::string text = "[[aaa]] [[iii]], [[ʌ]]. [[ʌ]]! [[iii]]";
    const auto whole = hear(Synthesizer(voice, options), text).audio;
    std::vector<float> pieces;
    for (const Event& event : hear_pieces(voice, options, text, 7))
      pieces.insert(pieces.end(), event.audio.begin(), event.audio.end());
    CHECK(pieces == whole);
  }
}

TEST_CASE("request: a sentence is spoken before the next one comes") {
  Request request(Voice::open("dummy"), seeded());
  Event event;
  CHECK(request.next(event) == Pulled::kPending);  // nothing was pushed
  request.push("[[aaa]] [[iii]].");
  CHECK(request.next(event) == Pulled::kPending);  // it may go on
  request.push("\n");
  int64_t samples = 0;
  std::vector<EventKind> kinds;
  while (request.next(event) == Pulled::kEvent) {
    samples = std::max(samples, event.samples.end);
    kinds.push_back(event.kind);
  }
  CHECK(kinds.at(0) == EventKind::kSentence);
  CHECK(kinds.back() == EventKind::kAudio);
  CHECK(samples > 5000);
  CHECK(request.next(event, std::chrono::milliseconds(0)) == Pulled::kPending);
  request.push("[[ʌ]]");
  request.finish();
  CHECK(request.next(event) == Pulled::kEvent);
  while (request.next(event) == Pulled::kEvent) kinds.push_back(event.kind);
  CHECK(kinds.back() == EventKind::kDone);
}

TEST_CASE("request: one thread pushes, another one pulls") {
  Request request(Voice::open("dummy"), seeded());
  std::thread writer([&] {
    for (int i = 0; i < 50; ++i) request.push(i % 5 == 4 ? "[[aaa]]. " : "[[iii]] ");
    request.finish();
  });
  Event event;
  size_t words = 0;
  for (;;) {
    const Pulled pulled = request.next(event, std::chrono::milliseconds(1000));
    if (pulled == Pulled::kEnd) break;
    if (pulled == Pulled::kEvent) words += event.kind == EventKind::kWord;
  }
  writer.join();
  CHECK(words == 50);
}

TEST_CASE("request: cancelled or dropped while it waits for text") {
  Event event;
  {
    Request request(Voice::open("dummy"), seeded());
    request.push("[[aaa]] [[iii]]. And");
    while (request.next(event) == Pulled::kEvent) continue;
  }
  Request request(Voice::open("dummy"), seeded());
  request.push("[[aaa]] and");
  std::thread other([&] { request.cancel(); });
  CHECK_THROWS_AS(
      [&] {
        for (;;) request.next(event, std::chrono::milliseconds(50));
      }(),
      Error);
  other.join();
}

TEST_CASE("request: white space alone is no text, and says so at the end") {
  Request request(Voice::open("dummy"), seeded());
  Event event;
  request.push(" \n");
  CHECK(request.next(event) == Pulled::kPending);
  request.push("\n\n ");
  request.finish();
  CHECK(message_of(ErrorCode::kInput, [&] { request.next(event); }) == "there is no text to speak");
}
