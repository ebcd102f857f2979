// Who speaks? A recording becomes one vector on the unit sphere, near those of the same voice:
// ConvNeXt blocks on a band-limited log-mel, attentive statistics pooling (Okabe et al. 2018),
// trained with the generalised end-to-end loss (Wan et al. 2018; for speech synthesis Jia et al.,
// "SV2TTS", 2018).
#pragma once
#include <torch/torch.h>

#include "audio/mel.h"
#include "core/config.h"
#include "nn/blocks.h"

namespace tts {

struct SpeakerEncoderOptions {
  int64_t bands = 48;
  int64_t channels = 160;
  int64_t blocks = 4;
  int64_t vector = 96;  // V
  static SpeakerEncoderOptions from(Config config);
  nlohmann::json to_json() const;
};

class SpeakerEncoderImpl : public torch::nn::Module {
 public:
  explicit SpeakerEncoderImpl(const SpeakerEncoderOptions& options);

  // wave: [B, S] at 24 kHz, of any level, at least 0.1 s → [B, V] of length one. `lengths` [B]
  // int64 samples; undefined: all of it. Padding never changes a vector.
  Tensor forward(const Tensor& wave, const Tensor& lengths = {});

  // One vector of several recordings of one person, of any lengths: each channel chooses its frames
  // among those of all of them. wave: [K, S], lengths: [K] → [V]
  Tensor together(const Tensor& wave, const Tensor& lengths = {});

  const SpeakerEncoderOptions& options() const { return options_; }

 private:
  struct Frames {
    Tensor x, mask;  // [B, T, channels], [B, T, 1]
  };
  Frames frames_of(const Tensor& wave, const Tensor& lengths);
  Tensor pooled(const Frames& frames);  // → [B, V]

  SpeakerEncoderOptions options_;
  LogMel log_mel_;
  torch::nn::Linear input_;
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear attention_, output_;
};
TORCH_MODULE(SpeakerEncoder);

// The generalised end-to-end loss, softmax variant: each vector against the centroids of all
// speakers, its own centroid without itself. Cosines are scaled and shifted by the learned `scale`
// (> 0) and `shift`. vectors: [speakers, recordings ≥ 2, V] → scalar
Tensor ge2e_loss(const Tensor& vectors, const Tensor& scale, const Tensor& shift);

// Share of the pairs for which the loudest of the errors, misses and false alarms, are equal: 0 is
// perfect, 0.5 chance. vectors: [K, V] of unit length, speakers: [K] int64
double equal_error_rate(const Tensor& vectors, const Tensor& speakers);

}  // namespace tts
