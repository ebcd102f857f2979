// The block of a diffusion transformer (Peebles & Xie, "DiT", 2023): self-attention over the whole
// sequence with rotary positions, modulated by a conditioning vector through adaptive norms whose
// gates begin at zero. Sequences are [B, T, C].
#pragma once
#include "nn/attention.h"

namespace tts {

//   x = x + gate1 · attention(shift1 + scale1 · norm(x))
//   x = x + gate2 · feed_forward(shift2 + scale2 · norm(x))
class DiffusionBlockImpl : public torch::nn::Module {
 public:
  // condition: width of the conditioning vector
  DiffusionBlockImpl(const TransformerOptions& options, int64_t condition);
  // mask: [B, T, 1], 1 where valid: nobody looks at padding. condition: [B, 1, condition]
  Tensor forward(const Tensor& x, const Tensor& mask, const Tensor& condition);

 private:
  Tensor attend(const Tensor& x, const Tensor& mask);
  TransformerOptions options_;
  torch::nn::LayerNorm norm_;  // without weights: the condition has them
  torch::nn::Linear modulation_, queries_keys_values_, out_, pointwise1_, pointwise2_;
};
TORCH_MODULE(DiffusionBlock);

}  // namespace tts
