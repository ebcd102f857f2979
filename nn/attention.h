// Causal self-attention with a key-value cache and rotary positions (Su et al., "RoFormer", 2021),
// and the pre-norm transformer block around it. Sequences are [B, T, C].
#pragma once
#include <torch/torch.h>

namespace tts {

using torch::Tensor;

// Keys and values of all earlier frames of one layer. It belongs to a call, never to a module.
// Room grows by doubling, so that a frame costs no copy of what came before.
class KeyValueCache {
 public:
  // keys, values: [B, heads, T, width] of the new frames → those of all frames so far
  std::pair<Tensor, Tensor> append(const Tensor& keys, const Tensor& values);
  int64_t frames() const { return frames_; }

 private:
  Tensor keys_, values_;  // [B, heads, room, width]
  int64_t frames_ = 0;
};

// Turns pairs of columns by angles that grow with the position: products of queries and keys then
// depend on distances alone. x: [B, heads, T, width], width even; frame t stands at `first + t`.
Tensor rotate(const Tensor& x, int64_t first);

struct TransformerOptions {
  int64_t channels = 0;
  int64_t heads = 4;
  int64_t hidden = 0;  // width of the pointwise expansion
  double dropout = 0;
};

//   x = x + out(attention(norm(x)));  x = x + pointwise2(gelu(pointwise1(norm(x))))
class TransformerBlockImpl : public torch::nn::Module {
 public:
  explicit TransformerBlockImpl(const TransformerOptions& options);

  // Every frame sees itself and those before it. Padding at the end changes nothing before it.
  Tensor forward(const Tensor& x);
  // The same function, fed piecewise.
  Tensor step(const Tensor& x, KeyValueCache& cache);

 private:
  Tensor attend(const Tensor& x, KeyValueCache* cache);
  Tensor feed_forward(const Tensor& x);
  TransformerOptions options_;
  torch::nn::LayerNorm norm1_, norm2_;
  torch::nn::Linear queries_keys_values_, out_, pointwise1_, pointwise2_;
};
TORCH_MODULE(TransformerBlock);

}  // namespace tts
