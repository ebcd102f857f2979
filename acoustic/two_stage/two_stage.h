// Generation without durations in two masked stages (Wang et al., "MaskGCT", 2024): semantic tokens
// from the symbols and a number of frames (semantic_network.h), then codes from the semantic
// tokens, level by level (acoustic/masked). Of the condition's durations only the sum is used, of
// F0 and energy nothing: rhythm and melody are the first stage's own. Semantic tokens are those of
// analysis/semantic_tokens; they are targets while training, and not needed when speaking. Known
// frames are told to both stages by their codes.
#pragma once
#include "acoustic/tokens/level_network.h"
#include "acoustic/tokens/token_condition.h"
#include "acoustic/two_stage/semantic_network.h"

namespace tts {

struct TwoStageOptions {
  CodeTableOptions table;
  int64_t semantic_entries = 512;
  int64_t semantic_channels = 192;  // of the first stage
  int64_t semantic_blocks = 4;
  int64_t heads = 4;
  int64_t condition_blocks = 1;  // of the second
  int64_t channels = 208;
  int64_t blocks = 4;
  double dropout = 0.2;
  double condition_dropout = 0.1;  // share of rows that learn untold, for guidance
  double code_noise = 0.05;        // share of semantic tokens and of lower levels that are wrong
  static TwoStageOptions from(Config& config);
};

class TwoStageGenerator : public Generator {
 public:
  TwoStageGenerator(const TwoStageOptions& options, std::shared_ptr<FrameEncoder> frame_encoder);
  // Durations of the answer are estimates, read from the first stage's attention.
  Generation generate(const Condition& condition,
                      const Sampling& sampling,
                      const FrameSink& sink) override;
  bool infills() const override { return true; }
  bool follows_prosody() const override { return false; }
  // Throws Error(kUsage) for a batch without semantic tokens or with others than it was made for.
  Losses loss(const Batch& batch) override;
  void start_from(const Tensor& meanings) override { table_->start_from(meanings); }
  std::vector<std::string> options() const override;
  Sampling defaults() const override;
  nlohmann::json to_json() const override;

 private:
  using Told = SemanticNetworkImpl::Told;
  Told told_of(const Condition& condition, const Tensor& frame_lengths);
  // What is told of codes [B, T, Q] where given [B, T]. → [B, T, E]
  Tensor known_of(const Tensor& codes, const Tensor& given) const;
  // The first stage. → tokens [B, T]
  Tensor write_semantic(const Told& told, int64_t frames, const Sampling& s, uint32_t& draws);
  Losses semantic_loss(const Told& told, const Tensor& tokens);
  Tensor spread_loss(const Told& told, const Tensor& durations);
  // The condition of the second stage. → [B, T, C]
  Tensor told_tokens(const Condition& condition, const Tensor& tokens, const Tensor& mask);
  Losses acoustic_loss(const Batch& batch, const Tensor& mask, const Tensor& given);

  TwoStageOptions options_;
  std::shared_ptr<FrameEncoder> frame_encoder_;
  SemanticNetwork semantic_;
  CodeTable table_;
  torch::nn::Embedding token_;
  torch::nn::Linear speaker_{nullptr};
  TokenCondition condition_;
  LevelNetwork network_;
};

}  // namespace tts
