// Laws of the whole road, on the dummy voice.
#include "engine/synthesizer.h"

#include <algorithm>
#include <cmath>
#include <thread>

#include "engine/block_reader.h"
#include "tests/engine/helpers.h"
#include "tests/test.h"

using namespace tts;

namespace {

const std::string kHello = "[[həlˈoʊ]], [[wˈɜːld]]. [[ðɪs]] [[ɪz]] [[ɪt]]!";

int64_t end_of(const Heard& heard) {
  return heard.of(EventKind::kDone).at(0).samples.end;
}

double mean_crossings(const std::vector<float>& audio) {
  int64_t crossings = 0;
  for (size_t i = 1; i < audio.size(); ++i) crossings += (audio[i - 1] < 0) != (audio[i] < 0);
  return static_cast<double>(crossings) / static_cast<double>(audio.size());
}

}  // namespace

TEST_CASE("synthesizer: events come in order and add up") {
  const Heard heard = hear_dummy(kHello);
  CHECK(heard.of(EventKind::kSentence).size() == 2);
  CHECK(heard.of(EventKind::kWord).size() == 5);
  CHECK(heard.events.back().kind == EventKind::kDone);
  CHECK(end_of(heard) == static_cast<int64_t>(heard.audio.size()));
  int64_t position = 0;
  for (const auto& event : heard.of(EventKind::kAudio)) {
    CHECK(event.samples.begin == position);
    position = event.samples.end;
    CHECK(event.samples.end - event.samples.begin == static_cast<int64_t>(event.audio.size()));
  }
  CHECK(position == end_of(heard));
}

TEST_CASE("synthesizer: spans slice the text; times are ordered and inside") {
  const Heard heard = hear_dummy(kHello);
  const std::vector<std::string> written = {
      "[[həlˈoʊ]]", "[[wˈɜːld]]", "[[ðɪs]]", "[[ɪz]]", "[[ɪt]]"};
  const auto words = heard.of(EventKind::kWord);
  REQUIRE(words.size() == written.size());
  int64_t last = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    CHECK(kHello.substr(words[i].bytes.begin, words[i].bytes.end - words[i].bytes.begin) ==
          written[i]);
    CHECK(words[i].samples.begin >= last);
    CHECK(words[i].samples.end > words[i].samples.begin);
    last = words[i].samples.end;
  }
  CHECK(last <= end_of(heard));
  last = 0;
  for (const auto& phoneme : heard.of(EventKind::kPhoneme)) {
    CHECK(phoneme.samples.begin >= last);
    last = phoneme.samples.end;
  }
}

TEST_CASE("synthesizer: sound where a phone is said, silence in a pause") {
  const Heard heard = hear_dummy("[[aaa]] [[pause 500ms]] [[iii]]");
  const auto words = heard.of(EventKind::kWord);
  REQUIRE(words.size() == 2);
  CHECK(words[1].samples.begin - words[0].samples.end == 12000);
  const auto loudest = [&](int64_t begin, int64_t end) {
    float most = 0;
    for (int64_t i = begin; i < end; ++i) most = std::max(most, std::abs(heard.audio[i]));
    return most;
  };
  CHECK(loudest(words[0].samples.begin + 500, words[0].samples.end) > 0.1f);
  CHECK(loudest(words[0].samples.end + 4000, words[1].samples.begin - 2000) < 1e-4f);
}

TEST_CASE("synthesizer: an exact pause is exact to the sample") {
  const auto length = [](const std::string& pause) {
    return end_of(hear_dummy("[[aaa]] [[pause " + pause + "]] [[iii]]"));
  };
  CHECK(length("800ms") - length("400ms") == 9600);
  CHECK(length("401ms") - length("400ms") == 24);
}

TEST_CASE("synthesizer: the same request gives the same bytes, whatever ran before and beside") {
  SpeakOptions options = seeded(7);
  options.generator = "vibrato";
  const Synthesizer synthesizer(Voice::open("dummy"), options);
  const Heard first = hear(synthesizer, kHello);
  hear(synthesizer, "[[ʌðɚ]].");
  CHECK(hear(synthesizer, kHello).audio == first.audio);
  std::vector<std::vector<float>> beside(3);
  std::vector<std::thread> threads;
  for (auto& audio : beside) threads.emplace_back([&] { audio = hear(synthesizer, kHello).audio; });
  for (auto& thread : threads) thread.join();
  for (const auto& audio : beside) CHECK(audio == first.audio);
  options.seed = 8;
  CHECK(hear_dummy(kHello, options).audio != first.audio);
}

TEST_CASE("synthesizer: speed, pitch, volume and sample rate act") {
  const Heard plain = hear_dummy(kHello);
  SpeakOptions options = seeded();
  options.speed_ratio = 2;
  const Heard fast = hear_dummy(kHello, options);
  const auto speech = [](const Heard& heard) {
    int64_t total = 0;
    for (const auto& word : heard.of(EventKind::kWord))
      total += word.samples.end - word.samples.begin;
    return static_cast<double>(total);
  };
  CHECK(speech(fast) / speech(plain) == doctest::Approx(0.5).epsilon(0.1));
  options = seeded();
  options.pitch_semitones = 12;
  CHECK(mean_crossings(hear_dummy(kHello, options).audio) / mean_crossings(plain.audio) ==
        doctest::Approx(2).epsilon(0.05));
  options = seeded();
  options.volume = 0;
  const auto silent = hear_dummy(kHello, options).audio;
  CHECK(std::all_of(silent.begin(), silent.end(), [](float x) { return x == 0; }));
  options = seeded();
  options.volume = 10;
  for (const float x : hear_dummy(kHello, options).audio) CHECK(std::abs(x) <= 1);
  options = seeded();
  options.sample_rate_hz = 48000;
  const Heard fine = hear_dummy(kHello, options);
  CHECK(std::abs(end_of(fine) - 2 * end_of(plain)) <= 1);
  CHECK(fine.of(EventKind::kWord).back().samples.end ==
        2 * plain.of(EventKind::kWord).back().samples.end);
}

TEST_CASE("synthesizer: no clicks anywhere, joins and cuts included") {
  const Heard heard = hear_dummy(kHello + "\n\n[[aaa]][[pause 0ms]][[iii]]. [[ʌ]].");
  float steepest = 0;
  for (size_t i = 1; i < heard.audio.size(); ++i) {
    steepest = std::max(steepest, std::abs(heard.audio[i] - heard.audio[i - 1]));
  }
  // A full-scale tone of the dummy voice rises at most 0.2 · 2π · 620 / 24000 per sample.
  CHECK(steepest < 0.05f);
}

TEST_CASE("synthesizer: a long text comes block by block; spans still slice the whole") {
  std::string text;
  while (text.size() < 3 * kMaxBlockBytes) text += "[[aaa]] [[iii]]. [[ʌ]].\n\n";
  const auto voice = Voice::open("dummy");
  const Heard heard = hear(Synthesizer(voice, seeded()), text);
  size_t last = 0;
  for (const auto& word : heard.of(EventKind::kWord)) {
    CHECK(word.bytes.begin >= last);
    CHECK(text.substr(word.bytes.begin, 2) == "[[");
    CHECK(text.substr(word.bytes.end - 2, 2) == "]]");
    last = word.bytes.end;
  }
  CHECK(heard.of(EventKind::kWord).size() == 3 * heard.of(EventKind::kSentence).size() / 2);
  // The document in one piece sounds the same.
  const Synthesizer synthesizer(voice, seeded());
  std::vector<float> whole;
  const std::atomic<bool> never{false};
  const auto sink = [&](const Event& event) {
    whole.insert(whole.end(), event.audio.begin(), event.audio.end());
  };
  synthesizer.speak(synthesizer.read(text), sink, never);
  CHECK(whole == heard.audio);
}

TEST_CASE("synthesizer: options that the generator lacks are refused with those that have them") {
  const auto voice = Voice::open("dummy");
  SpeakOptions options;
  options.generator = "tone";
  options.temperature = 0.5;
  const auto refused = [&] {
    return message_of(ErrorCode::kUsage, [&] { Synthesizer(voice, options); });
  };
  CHECK(refused() ==
        "generator \"tone\" has no option temperature; generators that have it: vibrato");
  options.temperature.reset();
  options.steps = 4;
  CHECK(refused() ==
        "generator \"tone\" has no option steps; no generator of voice \"dummy\" has it");
  options = {};
  options.generator = "masked";
  CHECK(refused() == "voice \"dummy\" has no generator \"masked\"; it has: tone, vibrato");
}

TEST_CASE("synthesizer: text with nothing to say") {
  const Synthesizer synthesizer(Voice::open("dummy"), seeded());
  for (const char* text : {"", " ", "\n\t \r\n"}) {
    CHECK(message_of(ErrorCode::kInput, [&] { synthesizer.read(text); }) ==
          "there is no text to speak");
  }
  for (const char* text : {"...", "?!", "—", "\xFF\xFE", "\xE4\xBD\xA0"}) {
    CHECK(message_of(ErrorCode::kInput, [&] { hear(synthesizer, text); }) ==
          "nothing in the text can be spoken");
  }
  CHECK(end_of(hear(synthesizer, "[[pause 1s]]")) >= 24000);
  CHECK(end_of(hear(synthesizer, "<speak><mark name='a'/></speak>", InputKind::kSsml)) > 0);
  CHECK(message_of(ErrorCode::kInput, [&] {
          hear(synthesizer, "<speak>...</speak>", InputKind::kSsml);
        }) == "nothing in the text can be spoken");
}

TEST_CASE("synthesizer: cancelling stops in the middle") {
  const Synthesizer synthesizer(Voice::open("dummy"), seeded());
  std::string text;
  for (int i = 0; i < 50; ++i) text += "[[həlˈoʊ]] [[wˈɜːld]]. ";
  std::atomic<bool> cancelled{false};
  int chunks = 0;
  const auto sink = [&](const Event& event) {
    if (event.kind == EventKind::kAudio && ++chunks == 3) cancelled = true;
  };
  CHECK_THROWS_AS(synthesizer.speak(text, InputKind::kPlain, sink, cancelled), Error);
  CHECK(chunks <= 4);
}

TEST_CASE("synthesizer: a voice without the language warns, speaks and tells what it skips") {
  SpeakOptions options = seeded();
  options.language = "fr";
  const Heard heard = hear_dummy("[[bɔ̃ʒuʁʘ]]", options);
  std::string all;
  for (const auto& warning : heard.of(EventKind::kWarning)) all += warning.text + "\n";
  CHECK(contains_text(all, "fr will have an accent"));
  CHECK(contains_text(all, "no phone \"ʘ\": skipped"));
  CHECK(heard.of(EventKind::kWord).size() == 1);
}

TEST_CASE("synthesizer: IPA input") {
  const Synthesizer synthesizer(Voice::open("dummy"), seeded());
  const std::string ipa = "həlˈoʊ wˈɜːld.";
  const auto words = hear(synthesizer, ipa, InputKind::kIpa).of(EventKind::kWord);
  REQUIRE(words.size() == 2);
  CHECK(ipa.substr(words[1].bytes.begin, words[1].bytes.end - words[1].bytes.begin) == "wˈɜːld");
}
