#include "train/disturb.h"

#include <cmath>

#include "codec/codec.h"
#include "train/audio_coding.h"
#include "train/draw.h"

namespace tts {
namespace {

constexpr int64_t kEqualiserPoints = 9;  // half an octave to an octave apart

// A smooth random curve over log frequency. → [bins]
torch::Tensor random_equaliser(int64_t bins, double most_db) {
  const torch::Tensor points = (torch::rand({kEqualiserPoints}) * 2 - 1) * most_db;
  const torch::Tensor octave =
      torch::log2(torch::linspace(0, kSampleRateHz / 2.0, bins).clamp_min(50) / 50);
  const torch::Tensor place = octave / octave.max() * (kEqualiserPoints - 1);
  const torch::Tensor below = place.floor().clamp_max(kEqualiserPoints - 2);
  const torch::Tensor share = place - below;
  const torch::Tensor index = below.to(torch::kLong);
  const torch::Tensor db =
      points.index_select(0, index) * (1 - share) + points.index_select(0, index + 1) * share;
  return torch::pow(10, db / 20);
}

}  // namespace

torch::Tensor disturb(const torch::Tensor& wave, const DisturbOptions& options) {
  const int64_t samples = wave.size(0);
  const torch::Tensor spectrum = torch::fft::rfft(wave);
  const int64_t bins = spectrum.size(0);
  const torch::Tensor heard =
      torch::fft::irfft(spectrum * random_equaliser(bins, options.equaliser_db), samples);
  const torch::Tensor noise = torch::fft::irfft(
      torch::fft::rfft(torch::randn({samples})) * random_equaliser(bins, options.equaliser_db),
      samples);
  const double snr_db = options.lowest_snr_db + options.snr_range_db * draw_uniform();
  const torch::Tensor level =
      heard.square().mean().sqrt() / noise.square().mean().sqrt().clamp_min(1e-9);
  const torch::Tensor sound = heard + noise * level * std::pow(10, -snr_db / 20);
  if (options.coded_share == 0 || draw_uniform() >= options.coded_share) return sound;
  return coded(sound, kAudioCodings[draw_index(kAudioCodings.size())], draw_uniform());
}

}  // namespace tts
