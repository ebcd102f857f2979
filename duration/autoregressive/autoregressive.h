// Durations symbol by symbol, each drawn given those before it: a causal transformer over symbols
// after the duration language model of Mega-TTS 2 (Jiang et al. 2024, "P-LLM") and FlexSpeech
// (2025), whose answer is a mixture of logistics over log durations, discretised to whole frames
// (Salimans et al., "PixelCNN++", 2017). F0, voicing and energy are a regression given the
// durations.
#pragma once
#include "duration/duration_model.h"
#include "duration/symbol_features.h"
#include "duration/symbol_prosody.h"
#include "nn/attention.h"

namespace tts {

struct AutoregressiveDurationOptions {
  SymbolFeaturesOptions text;
  int64_t heads = 4;
  int64_t decoder_blocks = 2;
  int64_t contour_blocks = 1;
  int64_t components = 4;    // K, of the mixture
  double history_noise = 0;  // on the earlier durations in training, in units of log duration
  double temperature = 1;
  DurationCorrections corrections;
  static AutoregressiveDurationOptions from(Config& config);
};

class AutoregressiveDuration : public DurationModel {
 public:
  explicit AutoregressiveDuration(const AutoregressiveDurationOptions& options);
  Prosody predict(const Condition& condition, const Sampling& sampling) override;
  Losses loss(const Batch& batch) override;
  bool draws() const override { return true; }
  double temperature() const override { return options_.temperature; }
  std::map<std::string, double*> corrections() override;
  nlohmann::json to_json() const override;

 private:
  // What the decoder is told of earlier symbols. log_durations, usual: [B, n] of the symbols before
  // → [B, n, 3]
  static Tensor history(const Tensor& log_durations, const Tensor& usual);
  // x: [B, n, channels] out of the decoder → mixture parameters [B, n, 3 K]
  Tensor mixture(const Tensor& x);
  // features: [B, N, channels], log_durations: [B, N] → f0, voicing logit, energy
  SymbolProsody contours(const Tensor& features,
                         const Tensor& log_durations,
                         const Tensor& usual,
                         const Tensor& mask);
  // Whole frames drawn one after the other. → log(frames + 0.5) [B, N]
  Tensor draw(const Tensor& features, const Tensor& usual, const Sampling& sampling);

  AutoregressiveDurationOptions options_;
  SymbolFeatures text_;
  UsualDurations usual_;
  torch::nn::Linear told_, earlier_;
  torch::nn::ModuleList decoder_;
  torch::nn::LayerNorm decoder_norm_;
  torch::nn::Linear mixture_;
  torch::nn::Linear duration_;
  torch::nn::ModuleList contour_;
  torch::nn::LayerNorm contour_norm_;
  torch::nn::Linear contour_output_;
};

// Log probability of whole frames: log_duration is log(frames + 0.5) [B, N]; mixture [B, N, 3 K]
// holds logits, means relative to `usual` and log scales. → [B, N]
Tensor mixture_log_probability(const Tensor& mixture,
                               const Tensor& usual,
                               const Tensor& log_duration);

// Whole frames for one symbol of each row, as log(frames + 0.5). Temperature 0: the middle of the
// likeliest component. mixture: [B, 3 K], usual: [B], uniform: [B, 2] → [B]
Tensor draw_mixture(const Tensor& mixture,
                    const Tensor& usual,
                    double temperature,
                    const Tensor& uniform);

}  // namespace tts
