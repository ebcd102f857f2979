// Masked-generative codec tokens: all frames at once, a few unmasking steps per level, coarse
// levels before fine (Chang et al., "MaskGIT", 2022; Borsos et al., "SoundStorm", 2023; Wang et
// al., "MaskGCT", 2024). The network sees the frame encoder's features, the codes of the levels
// below and the codes of its own level that are known already, and predicts the others.
#pragma once
#include "acoustic/generator.h"

namespace tts {

struct MaskedOptions {
  int64_t codebooks = 8;  // Q
  int64_t entries = 1024;
  int64_t embedding = 96;  // width of a code, in and out
  int64_t channels = 256;
  int64_t blocks = 6;
  double dropout = 0.2;
  double condition_dropout = 0.1;  // share of rows that learn without a condition, for guidance
  double code_noise = 0.05;        // share of the levels below that are wrong in training
  static MaskedOptions from(Config& config);
};

class MaskedGenerator : public Generator {
 public:
  MaskedGenerator(const MaskedOptions& options, std::shared_ptr<FrameEncoder> frame_encoder);
  Generation generate(const Condition& condition,
                      const Sampling& sampling,
                      const FrameSink& sink) override;
  Losses loss(const Batch& batch) override;
  std::vector<std::string> options() const override { return {"steps", "temperature", "guidance"}; }
  Sampling defaults() const override;
  nlohmann::json to_json() const override;

 private:
  // Log probabilities of a level's codes. below: [B, T, C], the sum of the codes of the levels
  // below; known: [B, T] codes of this level, `entries` where masked; features: [B, T, C];
  // levels: [B] → [B, T, entries]
  Tensor predict(const Tensor& features,
                 const Tensor& below,
                 const Tensor& known,
                 const Tensor& levels,
                 const Tensor& mask);
  // codes: [B, T] of one level for all rows, or of `levels` [B] → [B, T, embedding]
  Tensor embed(const Tensor& codes, const Tensor& levels) const;

  MaskedOptions options_;
  std::shared_ptr<FrameEncoder> frame_encoder_;
  Tensor codes_;         // [Q, entries + 1, embedding], the last is the mask
  Tensor no_condition_;  // [channels], stands for an absent condition
  torch::nn::Linear condition_, below_, known_;
  torch::nn::Embedding level_;
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  Tensor output_;       // [Q, channels, embedding]
  Tensor output_bias_;  // [Q, entries]
};

}  // namespace tts
