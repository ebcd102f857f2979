#include "train/spectral_loss.h"

#include "tests/gradient.h"
#include "tests/test.h"

using namespace tts;

namespace {

// Harmonics of 200 Hz; `sharpness` is how far the even ones stand above the odd ones, in nepers.
torch::Tensor comb(double sharpness) {
  const torch::Tensor t = torch::arange(9600, torch::kFloat) / 24000;
  torch::Tensor wave = 1e-3 * torch::randn({9600});
  for (int k = 1; k < 50; ++k)
    wave =
        wave + 0.01 * std::exp(k % 2 ? 0 : sharpness) * torch::cos(2 * M_PI * 200 * k * t + k * k);
  return wave.unsqueeze(0);
}

}  // namespace

TEST_CASE("spectral losses: nothing between a signal and itself, something between two") {
  torch::manual_seed(1);
  const torch::Tensor a = 0.1 * torch::randn({2, 7200}), b = 0.05 * torch::randn({2, 7200});
  const MultiScaleMelLoss mel;
  const LinearSpectrumLoss linear;
  const SpectralContrastLoss contrast;
  CHECK(mel(a, a).item<float>() == 0);
  CHECK(linear(a, a).item<float>() == 0);
  CHECK(contrast(a, a).item<float>() == 0);
  CHECK(mel(a, b).item<float>() == doctest::Approx(std::log(2.0)).epsilon(0.2));
  CHECK(linear(a, b).item<float>() > 0.5f);
}

TEST_CASE("contrast loss: tells how sharp a spectrum is, and grows with the difference") {
  torch::manual_seed(2);
  const SpectralContrastLoss contrast;
  const float same = contrast(comb(1), comb(1)).item<float>();
  const float near = contrast(comb(0.5), comb(1)).item<float>();
  const float far = contrast(comb(0), comb(1)).item<float>();
  CHECK(same < near);
  CHECK(near < far);
}

TEST_CASE("contrast loss: level and realisation of a noise matter less than a fixed ripple") {
  torch::manual_seed(4);
  const SpectralContrastLoss contrast;
  const torch::Tensor target = 0.1 * torch::randn({8, 9600}),
                      other = 0.05 * torch::randn({8, 9600});
  // An echo after 4 ms: maxima every 250 Hz.
  const torch::Tensor echo = other + 0.6 * torch::roll(other, 96, 1);
  CHECK(contrast(echo, target).item<float>() > 2 * contrast(other, target).item<float>());
}

TEST_CASE("finite differences: spectral losses") {
  torch::manual_seed(3);
  const torch::Tensor target = 0.1 * torch::randn({1, 6000}, torch::kDouble);
  const torch::Tensor at = 0.1 * torch::randn({1, 6000}, torch::kDouble);
  check_gradient([&](const torch::Tensor& x) { return LinearSpectrumLoss()(x, target); }, at);
  check_gradient([&](const torch::Tensor& x) { return SpectralContrastLoss()(x, target); }, at);
  check_gradient([&](const torch::Tensor& x) { return MultiScaleMelLoss()(x, target); }, at);
}
