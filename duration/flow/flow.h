// Conditional flow matching (Lipman et al. 2023; for durations Matcha-TTS' successors, e.g. Mehta
// et al., "Should you use a probabilistic duration model in TTS? Probably!", 2024) over [log
// duration, F0, voicing, energy] of every symbol at once: rhythm and melody that differ from seed
// to seed and belong together.
#pragma once
#include "duration/duration_model.h"
#include "duration/symbol_features.h"
#include "duration/symbol_prosody.h"

namespace tts {

struct FlowDurationOptions {
  SymbolFeaturesOptions text;
  int64_t flow_blocks = 4;
  int64_t steps = 8;  // of the Euler solver
  double temperature = 1;
  DurationCorrections corrections;
  static FlowDurationOptions from(Config& config);
};

class FlowDuration : public DurationModel {
 public:
  explicit FlowDuration(const FlowDurationOptions& options);
  Prosody predict(const Condition& condition, const Sampling& sampling) override;
  Losses loss(const Batch& batch) override;
  bool draws() const override { return true; }
  double temperature() const override { return options_.temperature; }
  std::map<std::string, double*> corrections() override;
  nlohmann::json to_json() const override;

 private:
  // x: [B, N, 4] on the path, t: [B] → velocity [B, N, 4]
  Tensor velocity(const Tensor& x, const Tensor& t, const Tensor& features, const Tensor& mask);

  FlowDurationOptions options_;
  SymbolFeatures text_;
  UsualDurations usual_;
  torch::nn::Linear condition_, input_, time1_, time2_;
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear output_;
};

}  // namespace tts
