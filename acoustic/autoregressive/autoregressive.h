// Codec language model: a causal transformer over codec frames, one head per codebook. The levels
// of a frame are written one step after the other, each `delay` behind the one below, so that a
// level knows those below it (the delay pattern of Copet et al., "MusicGen", 2023; for speech Wang
// et al., "VALL-E", 2023). The frame encoder's features are added to the input: durations are
// given, so nothing is skipped and nothing repeated.
#pragma once
#include "acoustic/generator.h"
#include "nn/attention.h"

namespace tts {

struct AutoregressiveOptions {
  int64_t codebooks = 8;  // Q
  int64_t entries = 1024;
  int64_t embedding = 96;  // width of a code, in and out
  int64_t channels = 256;
  int64_t heads = 4;
  int64_t blocks = 5;
  double dropout = 0.2;
  double condition_dropout = 0.1;  // share of rows that learn without a condition, for guidance
  double code_noise = 0.1;         // share of earlier codes that are wrong in training …
  double code_mask = 0.2;          // … and that are hidden (MEAP, Zhuang et al. 2025)
  static AutoregressiveOptions from(Config& config);
};

class AutoregressiveGenerator : public Generator {
 public:
  AutoregressiveGenerator(const AutoregressiveOptions& options,
                          std::shared_ptr<FrameEncoder> frame_encoder);
  // Hands frames to the sink as soon as their last level is written.
  Generation generate(const Condition& condition,
                      const Sampling& sampling,
                      const FrameSink& sink) override;
  Losses loss(const Batch& batch) override;
  std::vector<std::string> options() const override { return {"temperature", "guidance"}; }
  Sampling defaults() const override;
  nlohmann::json to_json() const override;

 private:
  // Sum of the levels' embeddings. codes: [B, T, Q], `entries` where unknown → [B, T, C]
  Tensor embed(const Tensor& codes);
  // x: [B, T, C] → log probabilities [B, T, Q, entries]
  Tensor predict(const Tensor& x);
  // Features at the steps of the delay pattern. [B, T, C] → [B, T + Q - 1, C]
  Tensor at_steps(const Tensor& features) const;

  AutoregressiveOptions options_;
  std::shared_ptr<FrameEncoder> frame_encoder_;
  Tensor codes_;         // [Q, entries + 1, embedding], the last is "not known"
  Tensor no_condition_;  // [channels], stands for an absent condition
  torch::nn::Linear condition_, input_;
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  Tensor output_;       // [Q, channels, embedding]
  Tensor output_bias_;  // [Q, entries]
};

// The delay pattern: level q of frame t stands at step t + q. `absent` fills the rest.
// [B, T, Q] → [B, T + Q - 1, Q], and back.
Tensor delayed(const Tensor& codes, int64_t absent);
Tensor undelayed(const Tensor& steps);

}  // namespace tts
