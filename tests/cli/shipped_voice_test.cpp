// The voice in the repository, end to end through the program.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <vector>

#include "tests/cli/program.h"
#include "tests/test.h"

namespace {

const std::string kVoices = TTS_SOURCE_DIR "/voices/";
const std::string kSentence = "'The old clock struck ten, and the guests began to leave.' ";

bool is_shipped() {
  return std::filesystem::exists(TTS_SOURCE_DIR "/voices/kathleen/voice.json");
}

std::vector<float> samples_of(const std::string& raw) {
  std::vector<int16_t> words(raw.size() / 2);
  std::memcpy(words.data(), raw.data(), words.size() * 2);
  std::vector<float> out;
  for (const int16_t word : words) out.push_back(static_cast<float>(word) / 32768.0f);
  return out;
}

double level_db(const std::vector<float>& samples) {
  double power = 1e-12;
  for (const float x : samples)
    power += static_cast<double>(x) * x / static_cast<double>(samples.size());
  return 10 * std::log10(power);
}

std::string speak(const std::string& rest, const std::string& voice = "kathleen") {
  const Outcome outcome = run_tts("--voice " + kVoices + voice + " --threads 1 --raw " + rest);
  CHECK_MESSAGE(outcome.code == 0, outcome.err);
  return outcome.out;
}

double seconds(const std::string& raw) {
  return static_cast<double>(raw.size()) / 48000;
}

}  // namespace

TEST_CASE("shipped voice: both generators speak a sentence at a natural pace and level" *
          doctest::skip(!is_shipped())) {
  for (const char* voice : {"kathleen", "heart"}) {
    for (const char* generator : {"flow", "parallel"}) {
      CAPTURE(voice);
      CAPTURE(generator);
      const std::string raw = speak(kSentence + "--seed 1 --generator " + generator, voice);
      CHECK(seconds(raw) > 2.2);
      CHECK(seconds(raw) < 4.5);
      CHECK(level_db(samples_of(raw)) > -30);
      CHECK(level_db(samples_of(raw)) < -12);
    }
  }
}

TEST_CASE("shipped voice: the same seed gives the same bytes, another seed another reading" *
          doctest::skip(!is_shipped())) {
  const std::string first = speak(kSentence + "--seed 1");
  CHECK(speak(kSentence + "--seed 1") == first);
  CHECK(speak(kSentence + "--seed 2") != first);
}

TEST_CASE("shipped voice: words come in order, with their bytes, while there is sound" *
          doctest::skip(!is_shipped())) {
  const TemporaryFolder folder;
  const std::string text = "Dr. Smith paid $3.50 on May 3rd. Wait [[pause 700ms]] for it!";
  write_file(folder / "in.txt", text);
  const Outcome outcome = run_tts("--voice " + kVoices + "kathleen --threads 1 --raw --seed 1 -i " +
                                  (folder / "in.txt") + " --timings " + (folder / "t.json"));
  REQUIRE(outcome.code == 0);
  const auto json = nlohmann::json::parse(read_file(folder / "t.json"));
  const auto samples = samples_of(outcome.out);
  double last = 0;
  for (const auto& word : json["words"]) {
    const double start = word["start_s"], end = word["end_s"];
    CHECK(start >= last);
    CHECK(end > start);
    last = end;
    const auto from = samples.begin() + static_cast<long>(start * 24000);
    CHECK_MESSAGE(level_db({from, samples.begin() + static_cast<long>(end * 24000)}) > -45,
                  word.dump());
    CHECK(word["end"].get<size_t>() <= text.size());
  }
  CHECK(json["sentences"].size() == 2);
  CHECK(json["sentences"][0]["end_s"].get<double>() -
            json["sentences"][0]["start_s"].get<double>() >
        1.5);
}

TEST_CASE("shipped voice: one word, one letter, 80 words" * doctest::skip(!is_shipped())) {
  CHECK(seconds(speak("Yes. --seed 1")) > 0.25);
  CHECK(seconds(speak("Yes. --seed 1")) < 1.5);
  CHECK(seconds(speak("a --seed 1")) < 1.2);
  std::string words = "'";
  for (int i = 0; i < 80; ++i) words += i % 2 == 0 ? "river " : "stone ";
  CHECK(seconds(speak(words + ".' --seed 1")) > 20);
}

TEST_CASE("shipped voice: speed, pitch and energy act on both generators" *
          doctest::skip(!is_shipped())) {
  for (const std::string generator : {"--generator flow ", "--generator parallel "}) {
    const std::string base = kSentence + "--seed 1 " + generator;
    const std::string plain = speak(base);
    CHECK(seconds(speak(base + "--speed 2")) / seconds(plain) ==
          doctest::Approx(0.5).epsilon(0.12));
    CHECK(seconds(speak(base + "--speed 0.5")) / seconds(plain) ==
          doctest::Approx(2).epsilon(0.12));
    CHECK(speak(base + "--pitch 3").size() == plain.size());
    CHECK(speak(base + "--pitch 3") != plain);
    CHECK(level_db(samples_of(speak(base + "--energy 6"))) > level_db(samples_of(plain)));
  }
}
