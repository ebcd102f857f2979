// Blocks shared by all networks. Sequences are channels-last, [B, T, C].
#pragma once
#include <torch/torch.h>

#include "nn/streaming.h"

namespace tts {

using torch::Tensor;

struct ConvNeXtOptions {
  int64_t channels = 0;
  int64_t hidden = 0;  // width of the pointwise expansion, usually 3 × channels
  int64_t kernel = 7;
  int64_t lookahead = -1;  // frames to the right; -1: symmetric, (kernel - 1) / 2
  int64_t condition = 0;   // width of a conditioning vector (adaptive norm); 0: none
  double dropout = 0;
};

// ConvNeXt block (Liu et al., "A ConvNet for the 2020s"; 1-D as in Siuzdak, "Vocos"):
//   y = x + gate · pointwise2(gelu(pointwise1(shift + scale · norm(depthwise(x)))))
// With a condition, shift, scale and gate come from it (adaptive norm, Peebles & Xie, "DiT").
// x: [B, T, C]   mask: [B, T, 1], 1 where valid (undefined: all)   condition: [B, 1 or T,
// condition]
class ConvNeXtBlockImpl : public torch::nn::Module {
 public:
  explicit ConvNeXtBlockImpl(const ConvNeXtOptions& options);
  Tensor forward(const Tensor& x, const Tensor& mask = {}, const Tensor& condition = {});

  // The same function, fed piecewise: returns the frames that became ready, `lookahead` behind.
  Tensor stream(const Tensor& x, StreamState& state);

 private:
  Tensor depthwise(const Tensor& padded) const;  // [B, T + kernel - 1, C] → [B, T, C]
  // x [B, T, C] + gate * what the pointwise layers make of the convolution
  Tensor tail(const Tensor& x, const Tensor& convolved, const Tensor& condition);
  ConvNeXtOptions options_;
  Tensor kernel_, kernel_bias_, layer_scale_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear pointwise1_, pointwise2_;
  torch::nn::Linear modulation_{nullptr};
};
TORCH_MODULE(ConvNeXtBlock);

// Convolution over frames as a matrix product: each output frame sees `kernel` input frames,
// symmetric (zero padded). x: [B, T, in] → [B, T, out]
class FrameConvImpl : public torch::nn::Module {
 public:
  FrameConvImpl(int64_t in, int64_t out, int64_t kernel);
  Tensor forward(const Tensor& x);

 private:
  int64_t kernel_;
  torch::nn::Linear linear_;
};
TORCH_MODULE(FrameConv);

// Sinusoidal embedding of a scalar (Vaswani et al.). t: [...] → [..., width]
Tensor sinusoidal_embedding(const Tensor& t, int64_t width, double longest_period);

// [B] lengths → [B, T] bool, true at valid positions.
Tensor length_mask(const Tensor& lengths, int64_t longest);

// Mean of `values` over valid frames and components. values: [B, T, K], mask: [B, T, 1]
Tensor masked_mean(const Tensor& values, const Tensor& mask);

}  // namespace tts
