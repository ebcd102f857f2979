#include "analysis/f0.h"

#include <algorithm>
#include <chrono>

#include "core/error.h"
#include "tests/audio/helpers.h"
#include "tests/test.h"

using namespace tts;
using namespace tts::test;

namespace {

F0Track track_of(const std::vector<float>& samples, int rate = 24000, F0Options options = {}) {
  return track_f0(samples.data(), samples.size(), rate, options);
}

// A pulse train with a falling spectrum: harmonics at hz, 2 hz, … with amplitude 1/k.
std::vector<float> voice(double hz, int rate, size_t count, bool missing_fundamental = false) {
  std::vector<float> out(count, 0.0f);
  for (int k = missing_fundamental ? 2 : 1; k * hz < std::min(0.45 * rate, 5000.0); ++k) {
    const auto harmonic = sine(k * hz, rate, count, 0.3f / static_cast<float>(k));
    for (size_t i = 0; i < count; ++i) out[i] += harmonic[i];
  }
  return out;
}

}  // namespace

TEST_CASE("a sine's frequency is found within 0.5 %, at any rate") {
  for (const int rate : {8000, 16000, 22050, 24000, 44100, 48000}) {
    for (const double hz : {70.0, 111.0, 150.0, 233.3, 440.0, 490.0}) {
      CAPTURE(rate);
      CAPTURE(hz);
      const F0Track track = track_of(sine(hz, rate, rate), rate);
      REQUIRE(track.f0_hz.size() == 100);
      for (int t = 4; t < 96; ++t) {
        CHECK(track.f0_hz[t] == doctest::Approx(hz).epsilon(0.005));
        CHECK(track.voicing[t] > 0.9f);
        CHECK(track.voicing[t] <= 1.0f);
      }
    }
  }
}

TEST_CASE("no octave errors: harmonics, a missing fundamental, a quiet recording") {
  for (const double hz : {65.0, 90.0, 120.0, 180.0, 260.0, 390.0}) {
    for (const bool missing : {false, true}) {
      for (const float gain : {1.0f, 0.003f}) {
        CAPTURE(hz);
        CAPTURE(missing);
        auto samples = voice(hz, 24000, 12000, missing);
        for (float& x : samples) x *= gain;
        const F0Track track = track_of(samples);
        for (int t = 4; t < 46; ++t) CHECK(track.f0_hz[t] == doctest::Approx(hz).epsilon(0.01));
      }
    }
  }
}

TEST_CASE("a voice in noise is still followed") {
  auto samples = voice(140, 24000, 24000);
  const auto hiss = noise(24000, 0.1f);  // about 8 dB below
  for (size_t i = 0; i < samples.size(); ++i) samples[i] += hiss[i];
  const F0Track track = track_of(samples);
  for (int t = 4; t < 96; ++t) CHECK(track.f0_hz[t] == doctest::Approx(140).epsilon(0.03));
}

TEST_CASE("a glide is followed in time: frame t is centred on (t + 0.5) hops") {
  std::vector<float> samples(48000);
  double phase = 0;
  for (size_t i = 0; i < samples.size(); ++i) {
    samples[i] = 0.5f * static_cast<float>(std::sin(phase));
    phase += 2 * M_PI * (100 + 100.0 * i / 48000) / 24000;  // 100 to 200 Hz in 2 s
  }
  const F0Track track = track_of(samples);
  for (int t = 5; t < 195; ++t) {
    CHECK(track.f0_hz[t] == doctest::Approx(100 + 0.5 * (t + 0.5)).epsilon(0.01));
  }
}

TEST_CASE("noise and silence are unvoiced") {
  for (const auto& samples :
       {noise(72000), noise(72000, 0.001f), std::vector<float>(72000, 0.0f)}) {
    const F0Track track = track_of(samples);
    const auto voiced =
        std::count_if(track.f0_hz.begin(), track.f0_hz.end(), [](float hz) { return hz > 0; });
    CHECK(voiced <= 3);
    for (size_t t = 0; t < track.f0_hz.size(); ++t) {
      CHECK((track.f0_hz[t] == 0) == (track.voicing[t] == 0));
    }
  }
}

TEST_CASE("voicing begins and ends with the voice") {
  std::vector<float> samples = noise(48000, 0.0005f);
  const auto middle = voice(130, 24000, 24000);
  std::copy(middle.begin(), middle.end(), samples.begin() + 12000);  // frames 50 to 149
  const F0Track track = track_of(samples);
  for (int t = 0; t < 200; ++t) {
    CAPTURE(t);
    if (t < 47 || t > 152) CHECK(track.f0_hz[t] == 0);
    if (t > 52 && t < 147) CHECK(track.f0_hz[t] > 0);
  }
}

TEST_CASE("frames are counted down, and short input gives none") {
  CHECK(track_of(std::vector<float>(24000 + 239)).f0_hz.size() == 100);
  CHECK(track_of(std::vector<float>(239)).f0_hz.empty());
  CHECK(track_of({}).f0_hz.empty());
  CHECK(track_of(sine(200, 24000, 240)).f0_hz.size() == 1);
  F0Options options;
  options.hop_s = 0.02;
  CHECK(track_of(std::vector<float>(24000), 24000, options).f0_hz.size() == 50);
}

TEST_CASE("options that make no sense are refused") {
  const std::vector<float> samples(2400);
  CHECK_THROWS_AS(track_of(samples, 4000), Error);
  CHECK_THROWS_AS(track_of(samples, 24000, {0, 500, 0.01}), Error);
  CHECK_THROWS_AS(track_of(samples, 24000, {300, 200, 0.01}), Error);
  CHECK_THROWS_AS(track_of(samples, 24000, {60, 500, 0}), Error);
}

TEST_CASE("log F0 is interpolated, by hand") {
  const auto log_f0 = interpolate_log_f0({{0, 100, 0, 0, 0, 200, 0}, {}});
  const std::vector<double> expected = {100, 100, 118.92, 141.42, 168.18, 200, 200};
  REQUIRE(log_f0.size() == 7);
  for (int t = 0; t < 7; ++t)
    CHECK(std::exp(log_f0[t]) == doctest::Approx(expected[t]).epsilon(1e-4));
  for (const float x : interpolate_log_f0({{0, 0}, {}})) CHECK(std::exp(x) == doctest::Approx(150));
  CHECK(interpolate_log_f0({}).empty());
}
