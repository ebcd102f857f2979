// Codec language model: a causal transformer over codec frames (for speech Wang et al., "VALL-E",
// 2023). Which codes a step writes is the token order's choice (token_order.h); with `coarse_first`
// a network over all frames adds the levels that the trunk leaves out, with `dual` a small one
// writes the levels of a frame one after the other. The condition is added to
// the input frame by frame: durations are given, so nothing is skipped and nothing repeated. Frames
// that are known already, a prompt or the rest of a recording, are not drawn but forced.
#pragma once
#include "acoustic/autoregressive/level_chain.h"
#include "acoustic/autoregressive/pointer.h"
#include "acoustic/autoregressive/token_order.h"
#include "acoustic/autoregressive/trunk.h"
#include "acoustic/tokens/level_cascade.h"
#include "acoustic/tokens/token_condition.h"

namespace tts {

struct AutoregressiveOptions {
  CodeTableOptions table;
  std::string order = "coarse_first";
  int64_t condition_blocks = 2;
  int64_t channels = 256;
  int64_t heads = 4;
  int64_t blocks = 4;
  int64_t refine_blocks = 3;  // of the network for the other levels; order coarse_first only
  int64_t chain_blocks = 2;   // of the network within a frame; order dual only
  double dropout = 0.2;
  double condition_dropout = 0.1;  // share of rows that learn without a condition, for guidance
  double code_noise = 0.1;         // share of earlier codes that are wrong in training …
  double code_mask = 0.2;          // … and that are hidden (MEAP, Zhuang et al. 2025)
  int64_t merged = 1;              // frames that share a code of the first level and a step (VALL-E
                                   // R, Han et al. 2024); order coarse_first only
  bool pointer = false;            // can set durations itself; order coarse_first only
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
  bool infills() const override { return true; }
  // Of the order coarse_first.
  Scorer scorer(const Condition& condition) override;
  Losses loss(const Batch& batch) override;
  void start_from(const Tensor& meanings) override { table_->start_from(meanings); }
  std::vector<std::string> options() const override;
  Sampling defaults() const override;
  nlohmann::json to_json() const override;

 private:
  struct Writing;
  // frames.codes holds what is known.
  Writing begin(const LevelNetworkImpl::Frames& frames, const Sampling& sampling) const;
  // The trunk at the steps begin … end - 1, fed with what stands one step before each.
  Tensor hidden_at(Writing& writing, int64_t begin, int64_t end);
  // The codes that a step draws or is told. hidden: [R, 1, C] of the trunk → [B, L]
  Tensor codes_at(const Writing& writing, int64_t step, const Tensor& hidden, const Sampling& s);
  Tensor chained_codes_at(const Writing& w, int64_t step, const Tensor& hidden, const Sampling& s);
  // At the durations that the pointer finds; frames leave when all are written.
  Generation generate_pointing(const Condition& condition,
                               const Sampling& sampling,
                               const FrameSink& sink);
  // The trunk's codes [B, S, L] at the pointer's pace; `writing` keeps what its steps were told.
  Tensor write_pointing(Writing& writing,
                        const Tensor& planned,
                        PointerWalk& walk,
                        const Sampling& sampling,
                        const std::function<bool()>& go_on);
  // Writes all steps of the trunk, unless the sink cancels.
  StopReason write(Writing& writing, const Sampling& sampling, const FrameSink& sink);
  int64_t whole_frames(Writing& writing, int64_t done);
  Tensor frames_of(const Writing& writing, int64_t begin, int64_t end) const;
  // Writes the levels above the trunk's, where frames.codes are free.
  std::unique_ptr<LevelCascade> cascade(const LevelNetworkImpl::Frames& frames,
                                        const Condition& condition,
                                        const Sampling& sampling);
  int64_t steps_of(int64_t frames) const;
  // What of the codes the trunk writes, at its steps. [B, T, Q] → [B, S, L]
  Tensor trunk_codes(const Tensor& codes, int64_t absent) const;
  // What stands one step before each, unknown() before the first. [B, S, L]
  Tensor one_step_before(const Tensor& codes) const;
  // What steps are told: the mean of their frames. [B, T, C], mask [B, T, 1] → [B, S, C]
  Tensor at_steps(const Tensor& told, const Tensor& mask) const;
  // What frames are told that last as long as planned. → [B, T, C]
  Tensor told_as_planned(const Condition& condition, const FrameEncoder::Output& frames);
  // What frames are told in training, and for the pointer the plan they were told by.
  struct Told {
    Tensor told, mask;  // [B, T, C], [B, T, 1]
    PointerPlan plan;   // of a member with a pointer
  };
  Told told_of(const Condition& condition);
  Losses trunk_loss(const Told& told, const Tensor& codes);
  // hidden: [B, S, C], truth, counted: [B, S, L] → mean entropy of each level [L]
  Tensor entropies(const Tensor& hidden, const Tensor& truth, const Tensor& counted);

  AutoregressiveOptions options_;
  const TokenOrder& order_;
  std::shared_ptr<FrameEncoder> frame_encoder_;
  TokenCondition condition_;
  CodeTable table_;
  torch::nn::Linear input_;
  CausalTrunk trunk_;
  LevelNetwork refine_{nullptr};
  LevelChain chain_{nullptr};
  Pointer pointer_{nullptr};
};

}  // namespace tts
