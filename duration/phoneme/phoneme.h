// Phoneme-level regression of durations, F0 and energy after FastSpeech 2 (Ren et al. 2021), with
// an own text encoder, so that it can be trained, tuned to a style or replaced alone.
#pragma once
#include "duration/duration_model.h"
#include "nn/blocks.h"

namespace tts {

struct PhonemeDurationOptions {
  int64_t symbols = 0;
  int64_t channels = 160;
  int64_t blocks = 5;
  double dropout = 0.2;
  // Corrections measured on a validation split, applied to predictions.
  double duration_scale = 1;     // of phones: natural total / predicted total
  double pause_scale = 1;        // of optional pauses, so that as much is paused after rounding
  double duration_contrast = 1;  // stretches log durations about the symbol's usual length
  double pitch_contrast = 1;     // stretches F0 about the utterance's mean
  double energy_contrast = 1;
  int64_t languages = 0;       // told apart by an embedding; 0: one language
  int64_t speaker_vector = 0;  // V, width of a speaker vector; 0: one speaker
  static PhonemeDurationOptions from(Config& config);
};

class PhonemeDuration : public DurationModel {
 public:
  explicit PhonemeDuration(const PhonemeDurationOptions& options);
  Prosody predict(const Condition& condition, const Sampling& sampling) override;
  Losses loss(const Batch& batch) override;
  nlohmann::json to_json() const override;
  PhonemeDurationOptions& corrections() { return options_; }

 private:
  // → [B, N, 4]: log(duration + 0.5), standardised log F0, voicing logit, energy
  Tensor network(const Condition& condition);
  PhonemeDurationOptions options_;
  torch::nn::Embedding symbol_, attribute_, language_{nullptr};
  torch::nn::Linear position_, speaker_{nullptr};
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear output_;
  Tensor
      usual_log_duration_;  // [symbols] running mean over training, the centre of duration_contrast
};

}  // namespace tts
