// Fitting to a time: exact to the sample, inside the natural range, with every duration model.
#include "engine/fit.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "tests/engine/helpers.h"
#include "tests/test.h"

using namespace tts;

namespace {

const std::string kFittedText = "[[həlˈoʊ]], [[wˈɜːld]]. [[ðɪs]] [[ɪz]] [[ɪt]]! [[aaa]] [[iii]].";

int64_t samples_of(const Heard& heard) {
  return heard.of(EventKind::kDone).at(0).samples.end;
}

SpeakOptions lasting(double seconds) {
  SpeakOptions options = seeded();
  options.duration_s = seconds;
  return options;
}

double natural_s() {
  return static_cast<double>(samples_of(hear_dummy(kFittedText))) / 24000;
}

}  // namespace

TEST_CASE("fit: the sound lasts exactly as long as asked, at any rate, with any durations") {
  const double natural = natural_s();
  for (const char* durations : {"even", "varied"}) {
    for (const double factor : {0.75, 0.9, 1.0, 1.111, 1.4}) {
      for (const int rate : {24000, 48000, 22050, 8000}) {
        const double seconds = std::round(factor * natural * 12345) / 12345;
        SpeakOptions options = lasting(seconds);
        options.durations = durations;
        options.sample_rate_hz = rate;
        const Heard heard = hear_dummy(kFittedText, options);
        CAPTURE(durations);
        CAPTURE(seconds);
        CAPTURE(rate);
        CHECK(samples_of(heard) == std::llround(seconds * rate));
        CHECK(static_cast<int64_t>(heard.audio.size()) == std::llround(seconds * rate));
      }
    }
  }
}

TEST_CASE("fit: what is left over at the end is shorter than a frame; times stay in order") {
  const double natural = natural_s();
  for (const double factor : {0.8, 1.3}) {
    const Heard heard = hear_dummy(kFittedText, lasting(factor * natural));
    const auto words = heard.of(EventKind::kWord);
    REQUIRE(words.size() == 7);
    int64_t last = 0;
    for (const auto& word : words) {
      CHECK(word.samples.begin >= last);
      CHECK(word.samples.end > word.samples.begin);
      last = word.samples.end;
    }
    // The last word's decay and less than a frame.
    CHECK(samples_of(heard) - last < 24000 * 140 / 1000 + 480 + 2);
    for (const auto& word : words) {
      float loudest = 0;
      for (int64_t i = word.samples.begin; i < word.samples.end; ++i)
        loudest = std::max(loudest, std::abs(heard.audio[static_cast<size_t>(i)]));
      CHECK(loudest > 0.1f);
    }
  }
}

TEST_CASE("fit: sentences share the change, pauses take more of it than phones") {
  const double natural = natural_s();
  const auto spans = [](const Heard& heard) {
    std::vector<double> out;
    for (const auto& s : heard.of(EventKind::kSentence))
      out.push_back(static_cast<double>(s.samples.end - s.samples.begin));
    return out;
  };
  const auto before = spans(hear_dummy(kFittedText)),
             after = spans(hear_dummy(kFittedText, lasting(1.3 * natural)));
  REQUIRE(before.size() == 3);
  for (size_t i = 0; i < 3; ++i) {
    CHECK(after[i] / before[i] > 1.1);
    CHECK(after[i] / before[i] < 1.45);
  }
  for (const double place : {-1.0, -0.5, 0.5, 1.0}) {
    const Stretch by = stretch_at(place);
    CHECK(std::abs(std::log(by.pauses)) > std::abs(std::log(by.phones)));
  }
  CHECK(stretch_at(0).phones == 1);
  CHECK(stretch_at(-1).phones == doctest::Approx(0.6));
  CHECK(stretch_at(1).phones == doctest::Approx(1.6));
}

TEST_CASE("fit: exact pauses stay exact") {
  const std::string text = "[[aaa]] [[pause 500ms]] [[iii]]";
  const double natural = static_cast<double>(samples_of(hear_dummy(text))) / 24000;
  const auto words = hear_dummy(text, lasting(natural * 1.1)).of(EventKind::kWord);
  REQUIRE(words.size() == 2);
  CHECK(words[1].samples.begin - words[0].samples.end == 12000);
}

TEST_CASE("fit: outside the natural range it is refused, and what the message states holds") {
  double low = 0, high = 0;
  for (const double seconds : {0.2, 60.0}) {
    const std::string message =
        message_of(ErrorCode::kUsage, [&] { hear_dummy(kFittedText, lasting(seconds)); });
    REQUIRE(std::sscanf(message.c_str(), "this text can be spoken in %lf to %lf s", &low, &high) ==
            2);
    CHECK(contains_text(message, seconds < 1 ? "duration is 0.20" : "duration is 60.00"));
  }
  const double natural = natural_s();
  CHECK(low < natural * 0.75);
  CHECK(high > natural * 1.4);
  CHECK(samples_of(hear_dummy(kFittedText, lasting(low))) == std::llround(low * 24000));
  CHECK(samples_of(hear_dummy(kFittedText, lasting(high))) == std::llround(high * 24000));
  for (const double outside : {low - 0.02, high + 0.02})
    CHECK(contains_text(
        message_of(ErrorCode::kUsage, [&] { hear_dummy(kFittedText, lasting(outside)); }),
        "spoken in"));
}

TEST_CASE("fit: many threads say the same; a long text in blocks fits too") {
  std::string text;
  while (text.size() < 9000) text += "[[aaa]] [[iii]]. [[ʌ]].\n\n";
  const double natural = static_cast<double>(samples_of(hear_dummy(text))) / 24000;
  SpeakOptions options = lasting(std::round(natural * 110) / 100);
  const Heard one = hear_dummy(text, options);
  CHECK(samples_of(one) == std::llround(*options.duration_s * 24000));
  VoiceOptions threads;
  threads.threads = 3;
  CHECK(hear(Synthesizer(Voice::open("dummy", threads), options), text).audio == one.audio);
}

TEST_CASE("durations: another model by name, its temperature, and what is refused") {
  const auto voice = Voice::open("dummy");
  SpeakOptions options = seeded(1);
  options.durations = "varied";
  const auto one = hear_dummy(kFittedText, options).audio;
  CHECK(one != hear_dummy(kFittedText).audio);
  CHECK(one == hear_dummy(kFittedText, options).audio);
  options.seed = 2;
  CHECK(one != hear_dummy(kFittedText, options).audio);
  options.duration_temperature = 0;
  CHECK(hear_dummy(kFittedText, options).audio == hear_dummy(kFittedText).audio);
  const auto refused = [&] {
    return message_of(ErrorCode::kUsage, [&] { Synthesizer(voice, options); });
  };
  options.durations = "";
  CHECK(refused() ==
        "durations \"even\" has no option duration-temperature; durations that have "
        "it: varied");
  options = seeded();
  options.durations = "flow";
  CHECK(refused() == "voice \"dummy\" has no durations \"flow\"; it has: even, varied");
  options = lasting(3);
  options.speed_ratio = 1.2;
  CHECK(refused() == "give speed or duration, not both");
}
