// Prompts: what is wrong with a recording, and what is heard of a speaker.
#include "analysis/prompt.h"

#include <algorithm>

#include "audio/resample.h"
#include "core/error.h"
#include "core/join.h"
#include "tests/speech_like.h"
#include "tests/test.h"

using namespace tts;

namespace {

// "noisy, music"
std::string problems_of(const PromptReport& report) {
  return join(to_json(report)["problems"].get<std::vector<std::string>>());
}

PromptReport report_of(const std::vector<float>& samples, int rate_hz = kPromptRateHz) {
  return prepare_prompt({samples, rate_hz}, "a.wav").report;
}

// What the sentence of the only problem says.
std::string complaint(const std::vector<float>& samples, const std::string& expected) {
  const PromptReport report = report_of(samples);
  CHECK(problems_of(report) == expected);
  return report.problems.empty() ? "" : sentence_of(report, report.problems[0]);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

SpeakerEncoder tiny_encoder() {
  torch::manual_seed(1);
  SpeakerEncoderOptions o;
  o.bands = 16;
  o.channels = 12;
  o.blocks = 1;
  o.vector = 5;
  SpeakerEncoder encoder(o);
  encoder->eval();
  return encoder;
}

Prompt prompt_of(const SpeechLike& sound) {
  return prepare_prompt({speech_like(sound), sound.sample_rate_hz}, "a.wav");
}

}  // namespace

TEST_CASE("prompt: a good recording has no problem, at any rate and level") {
  for (const double level : {0.2, 0.02}) {
    SpeechLike sound;
    sound.level = level;
    sound.background = level / 600;
    const PromptReport report = report_of(speech_like(sound));
    CHECK_MESSAGE(report.problems.empty(), to_json(report).dump());
    CHECK(report.recording_s == doctest::Approx(4));
    CHECK(report.speech_s == doctest::Approx(3.5).epsilon(0.05));
    CHECK(report.snr_db > 30);
  }
  for (const int rate : {8000, 44100}) {
    SpeechLike sound;
    sound.sample_rate_hz = rate;
    CHECK(report_of(speech_like(sound), rate).problems.empty());
  }
}

TEST_CASE("prompt: trimmed, at the common level, whole frames, with the pitch that it has") {
  SpeechLike sound;
  sound.edge_s = 1;
  const Prompt prompt = prompt_of(sound);
  CHECK(prompt.samples.size() % 480 == 0);
  CHECK(prompt.samples.size() / 24000.0 == doctest::Approx(2.2).epsilon(0.05));
  sound.level /= 8;
  sound.background /= 8;
  const Prompt quiet = prompt_of(sound);
  REQUIRE(quiet.samples.size() == prompt.samples.size());
  CHECK(quiet.samples[24000] == doctest::Approx(prompt.samples[24000]).epsilon(0.02));
  CHECK(*std::max_element(prompt.samples.begin(), prompt.samples.end()) <= 0.951f);
}

TEST_CASE("prompt: too short, and too short for anything") {
  SpeechLike sound;
  sound.seconds = 1.5;
  CHECK(has(complaint(speech_like(sound), "too short"), "give 1.5 s or more"));
  CHECK(report_of(speech_like(sound)).usable());
  sound.seconds = 0.65;
  CHECK(report_of(speech_like(sound)).has(PromptProblem::kTooShort));
  CHECK(!report_of(speech_like(sound)).usable());
  CHECK(prompt_of(sound).samples.empty());
}

TEST_CASE("prompt: too long is cut") {
  SpeechLike sound;
  sound.seconds = 64;
  const Prompt prompt = prompt_of(sound);
  CHECK(problems_of(prompt.report) == "too long");
  CHECK(has(sentence_of(prompt.report, PromptProblem::kTooLong), "the first 60 are heard"));
  CHECK(prompt.samples.size() == 60 * 24000);
}

TEST_CASE("prompt: silent, empty, and without a voice") {
  CHECK(has(complaint(std::vector<float>(48000, 0.0f), "silent"), "is silent"));
  CHECK(problems_of(report_of({})) == "silent");
  SpeechLike sound;
  sound.level = 0.0002;
  sound.background = 0;
  CHECK(problems_of(report_of(speech_like(sound))) == "silent");
  torch::manual_seed(1);
  const Tensor noise = 0.1 * torch::randn({72000});
  const std::vector<float> hiss(noise.data_ptr<float>(), noise.data_ptr<float>() + 72000);
  const PromptReport report = report_of(hiss);
  CHECK(report.has(PromptProblem::kNoVoice));
  CHECK(report.has(PromptProblem::kNoisy));
  CHECK(!report.usable());
  try {
    require_usable(report);
    FAIL("a hiss was taken for a voice");
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::kInput);
    CHECK(has(e.what(), "a.wav: has no voice in it"));
  }
}

TEST_CASE("prompt: clipped") {
  std::vector<float> samples = speech_like();
  for (float& x : samples) x = std::clamp(x, -0.15f, 0.15f);  // at any level
  CHECK(has(complaint(samples, "clipped"), "record it at a lower level"));
}

TEST_CASE("prompt: noisy") {
  SpeechLike sound;
  sound.background = 0.04;
  CHECK(has(complaint(speech_like(sound), "noisy"), "quiet room"));
}

TEST_CASE("prompt: cut in the middle of a sound, at either edge") {
  const std::vector<float> whole = speech_like();
  // In the middle of a vowel: 0.25 s of silence, then 75 ms of the first vowel.
  const std::vector<float> late(whole.begin() + 24000 * 325 / 1000, whole.end());
  CHECK(has(complaint(late, "cut at the start"), "begins in the middle of a sound"));
  const std::vector<float> early(whole.begin(), whole.begin() + 24000 * (325 + 2500) / 1000);
  CHECK(has(complaint(early, "cut at the end"), "ends in the middle of a sound"));
}

TEST_CASE("prompt: music") {
  std::vector<float> chords;
  for (int i = 0; i < 24000 * 4; ++i) {
    const double t = i / 24000.0, root = 220 * std::exp2(std::floor(t / 0.5) * 2 / 12);
    double x = 0;
    for (const double interval : {1.0, 1.25, 1.5})
      for (int k = 1; k <= 4; ++k) x += std::sin(2 * M_PI * root * interval * k * t) / k;
    const double edge = std::min({1.0, t / 0.1, (4 - t) / 0.1});
    chords.push_back(static_cast<float>(0.05 * x * edge));
  }
  CHECK(report_of(chords).has(PromptProblem::kMusic));
  std::vector<float> melody;
  for (int i = 0; i < 24000 * 4; ++i) {
    const double t = i / 24000.0, note = 330 * std::exp2(std::floor(t / 0.4) / 12);
    const double place = std::fmod(t, 0.4);
    melody.push_back(static_cast<float>(0.3 * std::exp(-3 * place) * std::min(1.0, place / 0.01) *
                                        std::min(1.0, (4 - t) / 0.1) *
                                        std::sin(2 * M_PI * note * t)));
  }
  CHECK(report_of(melody).has(PromptProblem::kMusic));
}

TEST_CASE("speaker: pitch and its spread are the recording's, whatever its level") {
  SpeakerEncoder encoder = tiny_encoder();
  SpeechLike sound;
  sound.seconds = 8;
  for (const double hz : {110.0, 220.0}) {
    sound.hz = hz;
    const HeardSpeaker heard = hear_speaker(encoder, {prompt_of(sound)});
    const VoiceStatistics& s = heard.traits.statistics;
    CHECK(std::exp(s.log_f0_mean) == doctest::Approx(hz).epsilon(0.06));
    CHECK(s.log_f0_deviation == doctest::Approx(0.18).epsilon(0.15));
    CHECK(s.energy_deviation > 0.3);
    CHECK(heard.vectors.size(0) == 3);  // 7.7 s in windows of 4 s, every 2 s
    CHECK(heard.traits.vector.size() == 5);
    CHECK(heard.likeness > 0.9);
  }
}

TEST_CASE("speaker: several prompts are heard together, in any order") {
  SpeakerEncoder encoder = tiny_encoder();
  SpeechLike low, high;
  low.hz = 110;
  high.hz = 220;
  const Prompt a = prompt_of(low), b = prompt_of(high);
  const HeardSpeaker both = hear_speaker(encoder, {a, b}), swapped = hear_speaker(encoder, {b, a});
  CHECK(std::exp(both.traits.statistics.log_f0_mean) == doctest::Approx(155).epsilon(0.06));
  CHECK(both.vectors.size(0) == 2);
  for (size_t i = 0; i < 5; ++i)
    CHECK(both.traits.vector[i] == doctest::Approx(swapped.traits.vector[i]).epsilon(1e-4));
  // Each channel chooses among the frames of both: near both, and neither.
  for (const auto& prompt : {a, b}) {
    const HeardSpeaker alone = hear_speaker(encoder, {prompt});
    double cosine = 0;
    for (size_t i = 0; i < 5; ++i) cosine += alone.traits.vector[i] * both.traits.vector[i];
    CHECK(cosine > 0.5);
    CHECK(cosine < 0.99999);
  }
  Prompt unusable = a;
  unusable.report.problems = {PromptProblem::kSilent};
  CHECK_THROWS_AS(hear_speaker(encoder, {a, unusable}), Error);
}

TEST_CASE("prompt: a rate that is no recording's") {
  CHECK_THROWS_AS(prepare_prompt({speech_like(), 4000}, "a.wav"), Error);
}
