// Self-attention with rotary positions (Su et al., "RoFormer", 2021), causal with a key-value cache
// or over whole sequences, and the pre-norm transformer block around it. Sequences are [B, T, C].
#pragma once
#include <torch/torch.h>

namespace tts {

using torch::Tensor;

// Turns pairs of columns by angles that grow with the position: products of queries and keys then
// depend on distances alone. width is even.
class Rotations {
 public:
  Rotations() = default;
  // Of the positions first … first + frames - 1.
  Rotations(int64_t first, int64_t frames, int64_t width, const torch::TensorOptions& options);
  // Of positions [T], or of each row's own [B, 1, T]; they need not be whole numbers.
  Rotations(const Tensor& positions, int64_t width);
  // x: [..., T, width], its first frame at the begin-th of the positions
  Tensor apply(const Tensor& x, int64_t begin) const;
  int64_t frames() const { return cosine_.defined() ? cosine_.size(-2) : 0; }

 private:
  Tensor cosine_, sine_;  // [..., frames, width]; the first half of the sines is negative
};

// Keys and values of all earlier frames of one layer. It belongs to a call, never to a module. Room
// for `frames` is there from the start and grows by doubling, so that a frame costs no copy of what
// came before.
class KeyValueCache {
 public:
  explicit KeyValueCache(int64_t frames = 64) : first_room_(frames) {}
  // Queries or keys of the frames that come next, rotated. x: [..., T, width]
  Tensor rotate_next(const Tensor& x);
  // keys, values: [B, heads, T, width] of the new frames → those of all frames so far
  std::pair<Tensor, Tensor> append(const Tensor& keys, const Tensor& values);
  int64_t frames() const { return frames_; }

 private:
  Tensor keys_, values_;  // [B, heads, room, width]
  Rotations rotations_;
  int64_t first_room_, frames_ = 0;
};

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
  // Every frame sees all that are not barred. barred: [B, 1, 1, T] bool; weights, where given,
  // becomes [B, heads, T, T]: how much each frame (third axis) looks at each other.
  Tensor see_all(const Tensor& x,
                 const Rotations& rotations,
                 const Tensor& barred,
                 Tensor* weights = nullptr);

 private:
  Tensor heads_of(const Tensor& x);    // → [3, B, heads, T, width]: queries, keys, values
  Tensor joined(const Tensor& mixed);  // [B, heads, T, width] → [B, T, C]
  Tensor attend(const Tensor& x, KeyValueCache* cache);
  Tensor feed_forward(const Tensor& x);
  TransformerOptions options_;
  torch::nn::LayerNorm norm1_, norm2_;
  torch::nn::Linear queries_keys_values_, out_, pointwise1_, pointwise2_;
};
TORCH_MODULE(TransformerBlock);

}  // namespace tts
