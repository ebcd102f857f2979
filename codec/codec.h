// The codec's listening half: waveform ↔ codes ↔ latents. A vocoder makes the waveform.
#pragma once
#include <torch/torch.h>

#include "audio/mel.h"
#include "codec/encoder.h"
#include "codec/residual_quantiser.h"
#include "core/config.h"

namespace tts {

// 24 kHz mono, 50 frames/s: decided once, for every codec of this engine.
inline constexpr int64_t kSampleRateHz = 24000;
inline constexpr int64_t kFrameSamples = 480;
inline constexpr int64_t kFramesPerSecond = 50;

struct CodecOptions {
  EncoderOptions encoder;
  QuantiserOptions quantiser;
  static CodecOptions from(Config config);
  nlohmann::json to_json() const;
};

class CodecImpl : public torch::nn::Module {
 public:
  explicit CodecImpl(const CodecOptions& options);

  // [B, S] → [B, S / 480, D], before the quantiser. limits_hz: [B], what the recordings end at
  // (audio/band.h): a codec that is band aware then says what the whole band would have been;
  // others do not look at it. Undefined: nothing is missing.
  Tensor latents(const Tensor& wave, const Tensor& limits_hz = {});
  Tensor encode(const Tensor& wave, const Tensor& limits_hz = {});  // → codes [B, S / 480, Q]
  Tensor decode(const Tensor& codes);  // [B, T, q] → latents [B, T, D]

  // Generators work on the leading principal components of the decoded latents, each scaled by its
  // deviation to the power of `whitening`: [B, T, D] ↔ [B, T, K]. See docs/architecture.md.
  Tensor standardise(const Tensor& latents) const;
  Tensor restore(const Tensor& standardised) const;
  // What each code adds to the standardised latents: those of a frame are the sum over its levels.
  // → [Q, entries, K]
  Tensor code_meanings();
  // Sets the statistics from decoded latents of training frames. frames: [M, D]
  void set_statistics(const Tensor& frames, int64_t components, double whitening);

  // Whether the encoder takes the recordings' limits; a property of its training.
  void set_band_aware(bool aware) { options_.encoder.band_aware = aware; }

  const CodecOptions& options() const { return options_; }
  Encoder& encoder() { return encoder_; }
  ResidualQuantiser& quantiser() { return quantiser_; }
  const LogMel& log_mel() const { return log_mel_; }
  bool has_statistics() const { return scale_.abs().sum().item<float>() > 0; }

 private:
  CodecOptions options_;
  LogMel log_mel_;
  Encoder encoder_;
  ResidualQuantiser quantiser_;
  Tensor mean_;   // [D]
  Tensor basis_;  // [D, D], columns are principal directions, largest variance first
  Tensor scale_;  // [D]; zero beyond the kept components
};
TORCH_MODULE(Codec);

// How many leading principal components hold `share` of the frames' variance. frames: [M, D]
int64_t leading_components(const Tensor& frames, double share);

}  // namespace tts
