// Sentence length only, after SimpleSpeech 2 (Yang et al. 2024): one number of frames for the whole
// sentence from one of four predictors, shared out among its symbols by their usual durations.
//   rate            so many frames per phone of the language: a rule
//   regression      from the pooled features of the text
//   autoregressive  the sum of what the autoregressive member draws
//   phoneme         the sum of what the phoneme member predicts: another model's alignment
// F0, voicing and energy come from that model, or from a regression of their own.
#pragma once
#include <memory>
#include <optional>

#include "duration/duration_model.h"
#include "duration/symbol_features.h"
#include "duration/symbol_prosody.h"

namespace tts {

struct TotalDurationOptions {
  std::string predictor;
  int64_t symbols = 0;
  SymbolFeaturesOptions text;            // of "rate" and "regression"
  std::shared_ptr<DurationModel> model;  // of the others
  DurationCorrections corrections;
  static TotalDurationOptions from(Config& config);
};

std::vector<std::string> total_predictors();

class TotalDuration : public DurationModel {
 public:
  explicit TotalDuration(const TotalDurationOptions& options);
  Prosody predict(const Condition& condition, const Sampling& sampling) override;
  Losses loss(const Batch& batch) override;
  bool draws() const override { return options_.model && options_.model->draws(); }
  double temperature() const override;
  std::map<std::string, double*> corrections() override;
  nlohmann::json to_json() const override;

 private:
  // [B] log of the sentence's frames. features: [B, N, channels]
  Tensor log_total(const Condition& condition, const Tensor& features);
  SymbolProsody contours(const Tensor& features);
  void learn_rate(const Batch& batch);
  // [B] rows of `rate_` by language
  Tensor rate_rows(const Condition& condition) const;

  TotalDurationOptions options_;
  UsualDurations usual_;
  std::optional<SymbolFeatures> text_;
  torch::nn::Linear contour_{nullptr}, length_{nullptr};
  Tensor rate_;  // [languages] frames per phone, a running mean over training
};

}  // namespace tts
