#include "train/spectral_loss.h"

#include "audio/stft.h"

namespace tts {
namespace {

constexpr int64_t kLinearFft = 1024, kLinearHop = 256;
constexpr double kLinearFloor = 3e-4;

torch::Tensor log_magnitude(const torch::Tensor& wave) {
  return torch::log(stft_magnitude(wave, kLinearFft, kLinearHop) + kLinearFloor);
}

constexpr int64_t kLongFft = 1024, kLongHop = 256, kAveragedFrames = 3;
constexpr int64_t kShortFft = 256, kShortHop = 64, kShortTaps = 7;
constexpr double kSmoothHz[] = {70, 280, 1000}, kShortHz = 90, kShortS = 0.008;
constexpr double kRateHz = 24000;
constexpr double kPowerFloor = 1e-6;  // full scale is of the order of 1e4
constexpr double kContrastFloor = 1e-3;
constexpr int64_t kSlowBands = 80;
constexpr double kSlowFloor = 1e-5;
// Below 90 Hz recordings rumble, and the vocoder has no DC: that is no contrast to imitate.
constexpr int64_t kUnheardShare = 128;
constexpr int64_t kRippleLevels = 6;  // groups of frames by the target's level about a bin
constexpr double kRippleWeight = 16;

// Rows of weights: a Gaussian of `deviation` bins about each bin. [bins, bins]
torch::Tensor gaussian_rows(int64_t bins, double deviation) {
  const torch::Tensor index = torch::arange(bins, torch::kFloat);
  const torch::Tensor offset = (index.unsqueeze(1) - index.unsqueeze(0)) / deviation;
  const torch::Tensor weights = torch::exp(-0.5 * offset.square());
  return weights / weights.sum(1, true);
}

int64_t heard_bins(int64_t n_fft) {
  return n_fft / 2 - n_fft / 2 / kUnheardShare + 1;
}

// [B, S] → [B, heard bins, T]
torch::Tensor heard_power(const torch::Tensor& wave, int64_t n_fft, int64_t hop) {
  return stft_magnitude(wave, n_fft, hop).square().slice(1, n_fft / 2 / kUnheardShare);
}

torch::Tensor log_level(const torch::Tensor& power) {
  return 0.5 * torch::log(power + kPowerFloor);
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

SpectralContrastLoss::SpectralContrastLoss(double slow_weight)
    : slow_weight_(slow_weight),
      mel_(MelOptions{kLongFft, kLongHop, kSlowBands, static_cast<int64_t>(kRateHz), kSlowFloor}),
      smooth_bins_(gaussian_rows(heard_bins(kShortFft), kShortHz * kShortFft / kRateHz)) {
  for (const double hz : kSmoothHz) {
    smooth_frequency_.push_back(gaussian_rows(heard_bins(kLongFft), hz * kLongFft / kRateHz));
  }
  smooth_frames_ =
      gaussian_rows(2 * kShortTaps + 1, kShortS * kRateHz / kShortHop)[kShortTaps].view(
          {1, 1, 2 * kShortTaps + 1});
}

SpectralContrastLoss::Contrasts SpectralContrastLoss::measure(const torch::Tensor& wave) const {
  namespace F = torch::nn::functional;
  Contrasts out;
  // Patches of `bins` by `frames`, half overlapping.
  const auto add = [&](const torch::Tensor& contrast, int64_t bins, int64_t frames) {
    const torch::Tensor power =
        F::avg_pool2d(contrast.square().unsqueeze(1),
                      F::AvgPool2dFuncOptions({bins, frames}).stride({bins / 2, frames / 2}));
    out.sizes.push_back(0.5 * torch::log(power + kContrastFloor));
  };
  const torch::Tensor steady = F::avg_pool1d(heard_power(wave, kLongFft, kLongHop),
                                             F::AvgPool1dFuncOptions(kAveragedFrames).stride(1));
  out.level = log_level(steady);
  for (const auto& rows : smooth_frequency_) {
    const torch::Tensor wide = log_level(torch::matmul(rows.to(wave.options()), steady));
    out.frequency.push_back(out.level - wide);
    add(out.frequency.back(), 32, 8);  // 0.75 kHz, 85 ms
    out.level = wide;
  }
  const torch::Tensor brief =
      torch::matmul(smooth_bins_.to(wave.options()), heard_power(wave, kShortFft, kShortHop));
  const torch::Tensor slow =
      at::conv1d(brief.flatten(0, 1).unsqueeze(1), smooth_frames_.to(wave.options())).squeeze(1);
  const torch::Tensor pulses = log_level(brief.slice(2, kShortTaps, brief.size(2) - kShortTaps)) -
                               log_level(slow).view({brief.size(0), brief.size(1), -1});
  add(pulses, 8, 32);  // 0.75 kHz, 85 ms
  out.slow = 0.5 * torch::log(mel_(wave).var(1) + kContrastFloor);
  return out;
}

torch::Tensor SpectralContrastLoss::operator()(const torch::Tensor& output,
                                               const torch::Tensor& target) const {
  Contrasts truth;
  {
    torch::NoGradGuard no_grad;
    truth = measure(target);
  }
  const Contrasts ours = measure(output);
  torch::Tensor sum = torch::zeros({}, output.options());
  for (size_t i = 0; i < ours.sizes.size(); ++i)
    sum = sum + (ours.sizes[i] - truth.sizes[i]).abs().mean();
  // Each bin's frames in the order of the target's level, cut into groups of equal size.
  const auto by_bin = [](const torch::Tensor& x) { return x.transpose(0, 1).flatten(1); };
  const torch::Tensor order = std::get<1>(by_bin(truth.level).sort(1));  // [bins, B * T]
  const int64_t group = order.size(1) / kRippleLevels;
  torch::Tensor ripple = torch::zeros({}, output.options());
  for (size_t i = 0; i < ours.frequency.size(); ++i) {
    const torch::Tensor difference =
        by_bin(ours.frequency[i] - truth.frequency[i]).gather(1, order);
    ripple = ripple + difference.slice(1, 0, group * kRippleLevels)
                          .view({-1, kRippleLevels, group})
                          .mean(2)
                          .square()
                          .mean();
  }
  return sum / static_cast<double>(ours.sizes.size()) +
         slow_weight_ * (ours.slow - truth.slow).abs().mean() +
         kRippleWeight * ripple / static_cast<double>(ours.frequency.size());
}

}  // namespace tts
