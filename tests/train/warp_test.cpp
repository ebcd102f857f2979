#include "train/warp.h"

#include <cmath>
#include <filesystem>
#include <set>

#include "tests/test.h"
#include "train/recording_cache.h"

using namespace tts;

namespace {

// One second of a 200 Hz sine.
Utterance sine() {
  Utterance u;
  u.id = "a1";
  u.speaker = "anna";
  const torch::Tensor t = torch::arange(24000) / 24000.0;
  u.wave = (torch::sin(t * 2 * M_PI * 200) * 16000).to(torch::kShort);
  u.log_f0 = torch::full({100}, std::log(200.0));
  u.voiced = torch::ones({100});
  return u;
}

double strongest_hz(const torch::Tensor& wave) {
  const torch::Tensor spectrum = torch::abs(torch::fft::rfft(wave));
  return spectrum.argmax().item<double>() * 24000 / wave.size(0);
}

}  // namespace

TEST_CASE("a warp is another speaker: higher, shorter, of whole frames") {
  const Utterance u = sine();
  CHECK(warp(u, {}).wave.equal(u.wave));
  const Utterance octave = warp(u, {12, 0});
  CHECK(octave.speaker == "anna+12");
  CHECK(octave.id == "a1+12");
  CHECK(octave.frames() == 25);
  CHECK(octave.log_f0.size(0) == 50);
  CHECK(octave.log_f0[10].item<double>() == doctest::Approx(std::log(400.0)));
  CHECK(strongest_hz(octave.samples()) == doctest::Approx(400).epsilon(0.01));
  const Utterance lower = warp(u, {-2, 0});
  CHECK(lower.speaker == "anna-2");
  CHECK(lower.frames() == 56);
  CHECK(strongest_hz(lower.samples()) == doctest::Approx(200 * 50.0 / 56).epsilon(0.01));
}

TEST_CASE("formants are moved, the pitch and the length stay") {
  // A pulse train of 120 Hz through a resonance at 1,000 Hz.
  const int64_t samples = 24000;
  torch::Tensor pulses = torch::zeros({samples});
  for (int64_t i = 0; i < samples; i += 200) pulses[i] = 1.0f;
  const torch::Tensor hz = torch::arange(samples / 2 + 1).to(torch::kFloat) * (24000.0 / samples);
  const torch::Tensor resonance = 1 / (1 + ((hz - 1000) / 120).square());
  const torch::Tensor wave = torch::fft::irfft(torch::fft::rfft(pulses) * resonance, samples) * 2;
  for (const double semitones : {4.0, -4.0}) {
    const torch::Tensor moved = move_formants(wave, semitones);
    REQUIRE(moved.sizes() == wave.sizes());
    const torch::Tensor power = torch::fft::rfft(moved).abs().square();
    const double centre = ((power * hz).sum() / power.sum()).item<double>();
    CHECK(centre == doctest::Approx(1000 * std::exp2(semitones / 12)).epsilon(0.1));
    // All of it on multiples of 120 Hz.
    const torch::Tensor harmonics = power.index_select(0, torch::arange(0, 12000, 120));
    CHECK((harmonics.sum() / power.sum()).item<double>() > 0.95);
  }
  CHECK((move_formants(wave, 0) - wave).abs().max().item<float>() < 1e-4);
  CHECK(move_formants(torch::zeros({700}), 2).abs().max().item<float>() == 0);
  CHECK(move_formants(torch::ones({1}), 2).size(0) == 1);
}

TEST_CASE("numbered warps: all but none, each once, then again from the first") {
  std::set<std::string> names;
  const int count = warp_count(3, 2);
  CHECK(count == 35);
  for (int i = 0; i < count - 1; ++i) {
    const Warp w = numbered_warp(static_cast<uint64_t>(i), 3, 2);
    CHECK(!w.none());
    CHECK(std::abs(w.semitones) <= 3);
    CHECK(std::abs(w.formants) <= 2);
    names.insert(w.name());
  }
  CHECK(names.size() == 34);
  CHECK(numbered_warp(34, 3, 2).name() == numbered_warp(0, 3, 2).name());
  CHECK(numbered_warp(7, 0, 0).none());
  CHECK(numbered_warp(0, 3, 0).name() == "-3");
  CHECK(numbered_warp(3, 3, 0).name() == "+1");
  CHECK(Warp{1, -2}.name() == "+1~-2");
}

TEST_CASE("what is made of recordings is kept between runs, for one maker and as many frames") {
  const std::string path = std::string(TTS_BINARY_DIR) + "/codes.safetensors";
  std::filesystem::remove(path);
  int encoded = 0;
  const auto encode = [&] {
    ++encoded;
    return torch::full({3, 2}, 1000, torch::kShort);
  };
  {
    RecordingCache store(path, "codec-a");
    CHECK(store.get("x", 3, encode).equal(torch::full({3, 2}, 1000, torch::kShort)));
    store.save();
  }
  RecordingCache again(path, "codec-a");
  CHECK(again.get("x", 3, encode)[2][1].item<int>() == 1000);
  CHECK(encoded == 1);
  again.get("x", 4, encode);
  CHECK(encoded == 2);
  RecordingCache other(path, "codec-b");
  other.get("x", 3, encode);
  CHECK(encoded == 3);
}
