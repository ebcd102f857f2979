// Phoneme-level regression of durations, F0 and energy after FastSpeech 2 (Ren et al. 2021), with
// an own text encoder, so that it can be trained, tuned to a style or replaced alone.
#pragma once
#include "duration/duration_model.h"
#include "duration/symbol_features.h"
#include "duration/symbol_prosody.h"

namespace tts {

struct PhonemeDurationOptions {
  SymbolFeaturesOptions text;
  DurationCorrections corrections;
  static PhonemeDurationOptions from(Config& config);
};

class PhonemeDuration : public DurationModel {
 public:
  explicit PhonemeDuration(const PhonemeDurationOptions& options);
  Prosody predict(const Condition& condition, const Sampling& sampling) override;
  Losses loss(const Batch& batch) override;
  nlohmann::json to_json() const override;
  std::map<std::string, double*> corrections() override;

 private:
  // `voicing` is a logit.
  SymbolProsody network(const Condition& condition);
  PhonemeDurationOptions options_;
  SymbolFeatures text_;
  torch::nn::Linear output_;
  UsualDurations usual_;
};

}  // namespace tts
