// Masked-generative codec tokens: all frames at once, a few unmasking steps per level, coarse
// levels before fine (Chang et al., "MaskGIT", 2022; Borsos et al., "SoundStorm", 2023; Wang et
// al., "MaskGCT", 2024). Frames that are known already are seen whole and kept. Spans
// and a smaller context for the fine levels are those of Ziv et al., "MAGNeT", 2024.
#pragma once
#include "acoustic/tokens/level_network.h"
#include "acoustic/tokens/token_condition.h"

namespace tts {

struct MaskedOptions {
  CodeTableOptions table;
  int64_t condition_blocks = 2;
  int64_t channels = 256;
  int64_t blocks = 6;
  double dropout = 0.2;
  double condition_dropout = 0.1;  // share of rows that learn without a condition, for guidance
  double code_noise = 0.05;        // share of the levels below that are wrong in training
  int64_t span = 1;                // frames that are masked together
  int64_t fine_blocks = -1;        // blocks for the levels above the first; -1: all
  static MaskedOptions from(Config& config);
};

class MaskedGenerator : public Generator {
 public:
  MaskedGenerator(const MaskedOptions& options, std::shared_ptr<FrameEncoder> frame_encoder);
  Generation generate(const Condition& condition,
                      const Sampling& sampling,
                      const FrameSink& sink) override;
  bool infills() const override { return true; }
  Losses loss(const Batch& batch) override;
  void start_from(const Tensor& meanings) override { table_->start_from(meanings); }
  std::string judge_type() const override { return "autoregressive"; }
  void set_judge(std::function<Generator&()> judge) override { judge_ = std::move(judge); }
  std::vector<std::string> options() const override;
  Sampling defaults() const override;
  nlohmann::json to_json() const override;

 private:
  MaskedOptions options_;
  std::shared_ptr<FrameEncoder> frame_encoder_;
  TokenCondition condition_;
  CodeTable table_;
  LevelNetwork network_;
  std::function<Generator&()> judge_;  // empty: there is none
};

}  // namespace tts
