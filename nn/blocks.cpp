#include "nn/blocks.h"

#include <cmath>

#include "core/stop.h"
#include "nn/torch_compat.h"

namespace tts {

ConvNeXtBlockImpl::ConvNeXtBlockImpl(const ConvNeXtOptions& o)
    : options_(o),
      norm_(register_module(
          "norm",
          torch::nn::LayerNorm(
              torch::nn::LayerNormOptions({o.channels}).elementwise_affine(o.condition == 0)))),
      pointwise1_(register_module("pointwise1", torch::nn::Linear(o.channels, o.hidden))),
      pointwise2_(register_module("pointwise2", torch::nn::Linear(o.hidden, o.channels))) {
  if (options_.lookahead < 0) options_.lookahead = (o.kernel - 1) / 2;
  const double bound = 1.0 / std::sqrt(static_cast<double>(o.kernel));
  kernel_ = register_parameter("kernel",
                               torch::empty({o.channels, 1, 1, o.kernel}).uniform_(-bound, bound));
  kernel_bias_ = register_parameter("kernel_bias", torch::zeros({o.channels}));
  if (o.condition > 0) {
    modulation_ = register_module("modulation", torch::nn::Linear(o.condition, 3 * o.channels));
    torch::NoGradGuard no_grad;
    modulation_->weight.mul_(0.1);
    modulation_->bias.zero_();
  }
  layer_scale_ = register_parameter("layer_scale", torch::full({o.channels}, 0.3));
}

Tensor ConvNeXtBlockImpl::depthwise(const Tensor& padded) const {
  // [B, T, C] seen as a channels-last image [B, C, 1, T]: no copy, and the fast path of every
  // backend.
  const Tensor image = padded.transpose(1, 2).unsqueeze(2);
  const Tensor y = at::conv2d(image,
                              kernel_,
                              kernel_bias_,
                              at::IntArrayRef({1, 1}),
                              at::IntArrayRef({0, 0}),
                              at::IntArrayRef({1, 1}),
                              options_.channels);
  return y.squeeze(2).transpose(1, 2);
}

Tensor ConvNeXtBlockImpl::tail(const Tensor& x, const Tensor& convolved, const Tensor& condition) {
  StopScope::check();
  Tensor y = norm_(convolved.contiguous());
  Tensor gate = layer_scale_;
  if (options_.condition > 0) {
    const auto parts = modulation_(condition).chunk(3, -1);  // each [B, 1 or T, C]
    y = y * (1 + parts[0]) + parts[1];
    gate = gate * (1 + parts[2]);
  }
  y = torch::gelu(pointwise1_(y));
  if (options_.dropout > 0) y = torch::dropout(y, options_.dropout, is_training());
  return torch::addcmul(x, pointwise2_(y), gate);
}

Tensor ConvNeXtBlockImpl::forward(const Tensor& x, const Tensor& mask, const Tensor& condition) {
  const int64_t right = options_.lookahead, left = options_.kernel - 1 - right;
  const Tensor valid = mask.defined() ? x * mask : x;
  return tail(x, depthwise(torch::constant_pad_nd(valid, {0, 0, left, right})), condition);
}

Tensor ConvNeXtBlockImpl::stream(const Tensor& x, StreamState& state) {
  const int64_t right = options_.lookahead, left = options_.kernel - 1 - right;
  Tensor& cache = state.cache();
  std::vector<Tensor> parts = {cache.defined() ? cache : x.new_zeros({x.size(0), left, x.size(2)}),
                               x};
  if (state.last()) parts.push_back(x.new_zeros({x.size(0), right, x.size(2)}));
  const Tensor buffer = torch::cat(parts, 1);
  const int64_t ready = buffer.size(1) - (options_.kernel - 1);
  if (ready <= 0) {
    cache = buffer;
    return x.slice(1, 0, 0);
  }
  cache = buffer.slice(1, ready);
  return tail(buffer.slice(1, left, left + ready), depthwise(buffer), {});
}

FrameConvImpl::FrameConvImpl(int64_t in, int64_t out, int64_t kernel)
    : kernel_(kernel), linear_(register_module("linear", torch::nn::Linear(in * kernel, out))) {}

Tensor FrameConvImpl::forward(const Tensor& x) {
  const int64_t right = (kernel_ - 1) / 2, left = kernel_ - 1 - right, frames = x.size(1);
  const Tensor padded = torch::constant_pad_nd(x, {0, 0, left, right});
  std::vector<Tensor> shifted;
  for (int64_t k = 0; k < kernel_; ++k) shifted.push_back(padded.slice(1, k, k + frames));
  return linear_(torch::cat(shifted, 2));
}

Tensor sinusoidal_embedding(const Tensor& t, int64_t width, double longest_period) {
  const int64_t half = width / 2;
  const Tensor rates = torch::exp(torch::arange(half, t.options().dtype(torch::kFloat)) *
                                  (-std::log(longest_period) / static_cast<double>(half)));
  const Tensor angles = t.to(torch::kFloat).unsqueeze(-1) * rates;
  return torch::cat({torch::sin(angles), torch::cos(angles)}, -1);
}

Tensor length_mask(const Tensor& lengths, int64_t longest) {
  return torch::arange(longest, lengths.options()).unsqueeze(0) < lengths.unsqueeze(1);
}

Tensor masked_mean(const Tensor& values, const Tensor& mask) {
  return (values * mask).sum() / (mask.sum() * values.size(2)).clamp_min(1);
}

}  // namespace tts
