#include "audio/band.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "audio/stft.h"

namespace tts {
namespace {

constexpr double kFrameS = 0.04, kStepHz = 250, kFallDb = 25, kFlankHz = 1000, kLowestHz = 3000;
constexpr double kQuietDb = 35;  // frames so far below the loud ones say nothing of the band
constexpr double kLowPassFlankHz = 200;

// Mean power of the frames that are not silence, in dB, in steps of kStepHz.
std::vector<double> long_term_spectrum(const Tensor& wave, int sample_rate_hz) {
  const auto size = static_cast<int64_t>(kFrameS * sample_rate_hz);
  const Tensor power =
      frame_spectrum(wave, torch::hann_window(size), size / 2)[0].abs().square().to(torch::kDouble);
  const Tensor loudness = power.sum(1);
  const Tensor louder = loudness >= loudness.quantile(0.9) * std::pow(10, -kQuietDb / 10);
  const Tensor mean = power.index_select(0, torch::nonzero(louder).squeeze(1)).mean(0);  // [F]
  const double bin_hz = 1 / kFrameS;
  const auto step = static_cast<int64_t>(kStepHz / bin_hz);
  std::vector<double> levels;
  for (int64_t first = 0; first + step < mean.size(0); first += step) {
    levels.push_back(10 *
                     std::log10(mean.slice(0, first, first + step).mean().item<double>() + 1e-15));
  }
  return levels;
}

double mean_level(const std::vector<double>& levels, double from_hz, double to_hz) {
  const auto first = static_cast<size_t>(from_hz / kStepHz);
  const size_t last = std::min(levels.size(), static_cast<size_t>(to_hz / kStepHz));
  double sum = 0;
  for (size_t i = first; i < last; ++i) sum += levels[i];
  return sum / static_cast<double>(std::max<size_t>(1, last - first));
}

// Where the level sinks below `middle`, from `hz` upwards.
double edge_hz(const std::vector<double>& levels, double hz, double middle) {
  auto step = static_cast<size_t>(hz / kStepHz);
  while (step < levels.size() && levels[step] > middle) ++step;
  return static_cast<double>(step) * kStepHz;
}

}  // namespace

double band_limit_hz(const float* samples, size_t count, int sample_rate_hz) {
  const double top = sample_rate_hz / 2.0;
  if (count < static_cast<size_t>(sample_rate_hz) / 10) return top;
  torch::NoGradGuard no_grad;
  const Tensor wave = torch::from_blob(
      const_cast<float*>(samples), {1, static_cast<int64_t>(count)}, torch::kFloat);
  const std::vector<double> levels = long_term_spectrum(wave, sample_rate_hz);
  double limit = top, steepest = kFallDb;
  for (double hz = kLowestHz; hz + 2 * kFlankHz <= top; hz += kStepHz) {
    const double below = mean_level(levels, hz - kFlankHz, hz);
    const double fall = below - mean_level(levels, hz + kFlankHz, hz + 2 * kFlankHz);
    const double above = *std::max_element(
        levels.begin() + static_cast<int64_t>((hz + kFlankHz) / kStepHz), levels.end());
    if (fall > steepest && above < below - kFallDb / 2) {
      steepest = fall;
      limit = edge_hz(levels, hz, below - fall / 2);
    }
  }
  return limit;
}

Tensor band_limits_hz(const Tensor& wave, int64_t sample_rate_hz) {
  const Tensor rows = wave.to(torch::kFloat).contiguous();
  Tensor limits = torch::empty({rows.size(0)}, torch::kDouble);
  for (int64_t b = 0; b < rows.size(0); ++b) {
    limits[b] = band_limit_hz(rows[b].data_ptr<float>(),
                              static_cast<size_t>(rows.size(1)),
                              static_cast<int>(sample_rate_hz));
  }
  return limits;
}

Tensor low_pass(const Tensor& wave, const Tensor& limits_hz, int64_t sample_rate_hz) {
  const double top = static_cast<double>(sample_rate_hz) / 2;
  if ((limits_hz >= top).all().item<bool>()) return wave;
  const int64_t samples = wave.size(1);
  const Tensor spectrum = torch::fft::rfft(wave);  // [B, S / 2 + 1]
  const Tensor hz = torch::linspace(0, top, spectrum.size(1), wave.options()).unsqueeze(0);
  const Tensor limits = limits_hz.to(wave.options()).unsqueeze(1);
  const Tensor share = ((limits - hz) / kLowPassFlankHz).clamp(0, 1);
  const Tensor kept = torch::where(limits >= top, torch::ones_like(share), share);
  return torch::fft::irfft(spectrum * kept, samples);
}

}  // namespace tts
