// The levels of one frame, one after the other: the small fast network beside the slow one over the
// frames ("dual" order; RQ-Transformer, Lee et al. 2022; Fish-Speech, Liao et al. 2024). All that a
// residual quantiser's next level depends on is what the levels below add up to, so that residual
// layers on that sum do, and no attention is needed. Trained on a share of the frames, as Sesame's
// CSM does.
#pragma once
#include "acoustic/tokens/code_table.h"

namespace tts {

class LevelChainImpl : public torch::nn::Module {
 public:
  // The table belongs to the generator.
  LevelChainImpl(int64_t channels, int64_t blocks, double dropout, CodeTable table);

  // Log probabilities of level q, the number of levels in `below`. hidden: [B, C] of the trunk,
  // below: [B, q] → [B, entries]
  Tensor predict(const Tensor& hidden, const Tensor& below);
  // … of all levels of frames that are there. hidden: [M, C], codes: [M, Q] → [Q, M, entries]
  Tensor predict_all(const Tensor& hidden, const Tensor& codes);

 private:
  // x: [levels, M, C] → log probabilities of these levels
  Tensor run(Tensor x, const Tensor& levels);
  double dropout_;
  CodeTable table_;
  torch::nn::Linear below_;
  torch::nn::Embedding level_;
  torch::nn::ModuleList norms_, pointwise1_, pointwise2_;
  torch::nn::LayerNorm norm_;
};
TORCH_MODULE(LevelChain);

}  // namespace tts
