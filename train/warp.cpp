#include "train/warp.h"

#include <algorithm>
#include <cmath>

#include "codec/codec.h"

namespace tts {

torch::Tensor stretch(const torch::Tensor& wave, int64_t out) {
  const torch::Tensor spectrum = torch::fft::rfft(wave);
  const int64_t bins = out / 2 + 1, have = spectrum.size(0);
  const torch::Tensor fitted = bins <= have ? spectrum.slice(0, 0, bins)
                                            : torch::constant_pad_nd(spectrum, {0, bins - have});
  return torch::fft::irfft(fitted, out) * (static_cast<double>(out) / wave.size(0));
}

torch::Tensor interpolate(const torch::Tensor& values, int64_t out) {
  namespace F = torch::nn::functional;
  return F::interpolate(values.view({1, 1, -1}),
                        F::InterpolateFuncOptions()
                            .size(std::vector<int64_t>{out})
                            .mode(torch::kLinear)
                            .align_corners(false))
      .view({-1});
}

Utterance warp(const Utterance& u, int semitones) {
  if (semitones == 0) return u;
  Utterance out = u;
  const std::string shift = (semitones > 0 ? "+" : "") + std::to_string(semitones);
  out.speaker += shift;
  out.id += shift;
  const double wanted = std::exp2(semitones / 12.0);
  const int64_t frames = std::max<int64_t>(1, std::llround(u.frames() / wanted));
  const double ratio = static_cast<double>(u.frames()) / frames;
  out.wave = (stretch(u.samples(), kFrameSamples * frames) * 32768)
                 .round()
                 .clamp(-32768, 32767)
                 .to(torch::kShort);
  out.log_f0 = interpolate(u.log_f0, 2 * frames) + std::log(ratio);
  out.voiced = (interpolate(u.voiced, 2 * frames) > 0.5).to(torch::kFloat);
  return out;
}

}  // namespace tts
