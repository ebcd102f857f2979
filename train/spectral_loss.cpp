#include "train/spectral_loss.h"

#include "audio/stft.h"

namespace tts {
namespace {

constexpr int64_t kLinearFft = 1024, kLinearHop = 256;
constexpr double kLinearFloor = 3e-4;

torch::Tensor log_magnitude(const torch::Tensor& wave) {
  return torch::log(stft_magnitude(wave, kLinearFft, kLinearHop) + kLinearFloor);
}

}  // namespace

MultiScaleMelLoss::MultiScaleMelLoss() {
  for (int64_t n_fft = 128, bands = 10; n_fft <= 2048; n_fft *= 2, bands *= 2) {
    scales_.emplace_back(MelOptions{n_fft, n_fft / 4, bands, 24000, 1e-5});
  }
}

torch::Tensor MultiScaleMelLoss::operator()(const torch::Tensor& output,
                                            const torch::Tensor& target) const {
  torch::Tensor sum = torch::zeros({}, output.options());
  for (const auto& scale : scales_) {
    torch::Tensor truth;
    {
      torch::NoGradGuard no_grad;
      truth = scale(target);
    }
    sum = sum + (scale(output) - truth).abs().mean();
  }
  return sum / static_cast<double>(scales_.size());
}

torch::Tensor LinearSpectrumLoss::operator()(const torch::Tensor& output,
                                             const torch::Tensor& target) const {
  torch::Tensor truth;
  {
    torch::NoGradGuard no_grad;
    truth = log_magnitude(target);
  }
  return (log_magnitude(output) - truth).abs().mean();
}

}  // namespace tts
