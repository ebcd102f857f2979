#include "train/warp.h"

#include <cmath>
#include <filesystem>

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
  CHECK(warp(u, 0).wave.equal(u.wave));
  const Utterance octave = warp(u, 12);
  CHECK(octave.speaker == "anna+12");
  CHECK(octave.id == "a1+12");
  CHECK(octave.frames() == 25);
  CHECK(octave.log_f0.size(0) == 50);
  CHECK(octave.log_f0[10].item<double>() == doctest::Approx(std::log(400.0)));
  CHECK(strongest_hz(octave.samples()) == doctest::Approx(400).epsilon(0.01));
  const Utterance lower = warp(u, -2);
  CHECK(lower.speaker == "anna-2");
  CHECK(lower.frames() == 56);
  CHECK(strongest_hz(lower.samples()) == doctest::Approx(200 * 50.0 / 56).epsilon(0.01));
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
