// Source-filter vocoder: the network shapes two excitations instead of inventing the waveform.
//
//   S = H · e^{iθ} · STFT(harmonics at F0 up to Nyquist) + N · STFT(noise)
//
// The noise is white; where there is voice it comes in puffs, one to a period. H, θ and N are
// predicted per bin for every 5 ms (so voicing is a degree per band); F0 is read from the latents
// by a small head. After the harmonic-plus-noise model (Stylianou 1996), the neural source-filter
// model (Wang, Takaki & Yamagishi 2019) and the inverse-STFT decoder of Vocos (Siuzdak 2023).
#pragma once
#include "vocoder/trunk.h"
#include "vocoder/vocoder.h"

namespace tts {

struct SourceFilterOptions {
  TrunkOptions trunk;
  int64_t f0_bins = 128;  // logarithmic, kLowestF0Hz … kHighestF0Hz
  int64_t f0_hidden = 128;
  double breath_depth = 0;  // how far the noise follows the pulses, 0 … 1; see breath_envelope
  static SourceFilterOptions from(Config& config);
};

inline constexpr double kLowestF0Hz = 50, kHighestF0Hz = 550;

class SourceFilterVocoder : public Vocoder {
 public:
  explicit SourceFilterVocoder(const SourceFilterOptions& options);
  VocoderOutput stream(const Tensor& latents,
                       bool last,
                       VocoderStream& state,
                       const VocoderTeacher& teacher = {}) override;
  int64_t lookahead_frames() const override { return options_.trunk.lookahead_frames() + 1; }
  nlohmann::json to_json() const override;

  // Cross-entropy against a blurred one-hot of the true F0 (voiced frames count most) plus the
  // voicing loss.
  static Tensor f0_loss(const VocoderOutput& output, const VocoderTeacher& teacher);

  // How far the filters are from those of another source-filter vocoder on the same latents and F0
  // (knowledge distillation, Hinton et al. 2015, where the answer is known bin by bin): L1 of the
  // log gains and 1 - cos of the phases, each bin weighted by that excitation's share of its power.
  static Tensor filter_distance(const VocoderOutput& output, const VocoderOutput& teacher);

 private:
  struct Pitch {
    Tensor logits, log_f0, voicing;
  };
  Pitch read_pitch(const Tensor& slow_features);
  Tensor render(const Tensor& filters,
                const Tensor& log_f0,
                const Tensor& voicing,
                bool last,
                VocoderStream& state);

  SourceFilterOptions options_;
  Trunk trunk_;
  torch::nn::Linear pitch_hidden_, pitch_output_;
  torch::nn::Linear pitch_embedding_;
  torch::nn::Linear head_;
};

}  // namespace tts
