#include "audio/band.h"

#include <cmath>

#include "audio/mel.h"
#include "tests/speech_like.h"
#include "tests/test.h"

using namespace tts;

namespace {

constexpr int kRate = 24000;

double limit_of(const Tensor& wave, int rate_hz = kRate) {
  const Tensor flat = wave.contiguous();
  return band_limit_hz(flat.data_ptr<float>(), static_cast<size_t>(flat.numel()), rate_hz);
}

// White noise whose power falls by so many dB an octave above 500 Hz, in bursts. → [1, S]
Tensor falling_noise(double db_per_octave, double seconds = 3) {
  torch::manual_seed(3);
  const auto samples = static_cast<int64_t>(seconds * kRate);
  const Tensor spectrum = torch::fft::rfft(torch::randn({1, samples}));
  const Tensor hz = torch::linspace(0, kRate / 2.0, spectrum.size(1));
  const Tensor octaves = torch::log2((hz / 500).clamp_min(1));
  const Tensor gain = torch::pow(10, -db_per_octave / 20 * octaves);
  const Tensor burst = (torch::sin(torch::arange(samples) * (2 * M_PI * 2 / kRate)) > 0);
  return torch::fft::irfft(spectrum * gain, samples) * burst * 0.1;
}

Tensor limits(std::initializer_list<double> hz) {
  return torch::tensor(std::vector<double>(hz), torch::kDouble);
}

}  // namespace

TEST_CASE("a recording that ends early is heard to end there, whatever its spectrum's slope") {
  for (const double slope : {0.0, 6.0, 9.0}) {
    const Tensor whole = falling_noise(slope);
    CAPTURE(slope);
    CHECK(limit_of(whole) == 12000);
    for (const double hz : {3400.0, 4000.0, 5500.0, 8000.0}) {
      CAPTURE(hz);
      CHECK(limit_of(low_pass(whole, limits({hz}), kRate)) == doctest::Approx(hz).epsilon(0.15));
    }
    // A faint hiss over the whole band hides nothing.
    const Tensor noisy = low_pass(whole, limits({4000}), kRate) + torch::randn_like(whole) * 3e-5;
    CHECK(limit_of(noisy) == doctest::Approx(4000).epsilon(0.15));
  }
}

TEST_CASE("silence, noise, a moment and a low rate have the whole band") {
  CHECK(limit_of(torch::zeros({24000})) == 12000);
  torch::manual_seed(1);
  CHECK(limit_of(torch::randn({24000})) == 12000);
  CHECK(limit_of(falling_noise(6, 0.05)) == 12000);
  CHECK(limit_of(falling_noise(6), 8000) == 4000);
}

TEST_CASE("a low pass keeps what lies below each row's limit and nothing above") {
  const auto tone = [](double hz) {
    return torch::sin(torch::arange(24000, torch::kFloat) * (2 * M_PI * hz / kRate));
  };
  const Tensor both = tone(1000) + tone(6000);
  const Tensor out = low_pass(torch::stack({both, both, both}), limits({4000, 8000, 12000}), kRate);
  CHECK((out[0] - tone(1000)).abs().max().item<float>() < 5e-3);
  CHECK((out[1] - both).abs().max().item<float>() < 5e-3);
  CHECK((out[2] - both).abs().max().item<float>() < 5e-3);
  const Tensor one = torch::stack({both});
  CHECK(low_pass(one, limits({12000}), kRate).is_same(one));  // nothing to do
  // Alone or beside others: the same row.
  CHECK((low_pass(one, limits({4000}), kRate)[0] - out[0]).abs().max().item<float>() < 1e-5);
}

TEST_CASE("above the limit a low pass lets no gradient through") {
  const Tensor wave = torch::zeros({1, 4800}).requires_grad_();
  low_pass(wave, limits({4000}), kRate).mul(torch::randn({1, 4800})).sum().backward();
  const Tensor spectrum = torch::fft::rfft(wave.grad()).abs()[0];
  const auto bin = static_cast<int64_t>(4000 * 4800 / kRate);
  CHECK(spectrum.slice(0, bin).max().item<float>() < 1e-3);
  CHECK(spectrum.slice(0, 0, bin - 60).min().item<float>() > 0.1);
}

TEST_CASE("mel bands below a limit are those that end below it") {
  const LogMel mel(MelOptions{1024, 240, 100, kRate, 1e-5});
  const Tensor below = mel.bands_below(limits({12000, 8000, 4000}));
  CHECK(below[0].all().item<bool>());
  const Tensor filters = mel_filters(100, 1024, kRate, 0, 12000);
  for (const int64_t row : {int64_t{1}, int64_t{2}}) {
    const double hz = row == 1 ? 8000 : 4000;
    const auto bin = static_cast<int64_t>(std::ceil(hz * 1024 / kRate));
    for (int64_t band = 0; band < 100; ++band) {
      const bool reaches_above = filters[band].slice(0, bin + 1).sum().item<float>() > 0;
      if (reaches_above) CHECK_FALSE(below[row][band].item<bool>());
    }
    const auto count = below[row].sum().item<int64_t>();
    CHECK(count > 50);
    CHECK(count < 100);
    CHECK(below[row].slice(0, 0, count).all().item<bool>());  // the lower ones
  }
}
