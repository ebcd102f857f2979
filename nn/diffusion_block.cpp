#include "nn/diffusion_block.h"

#include <cmath>
#include <limits>

#include "core/stop.h"

namespace tts {

DiffusionBlockImpl::DiffusionBlockImpl(const TransformerOptions& o, int64_t condition)
    : options_(o),
      norm_(register_module(
          "norm",
          torch::nn::LayerNorm(
              torch::nn::LayerNormOptions({o.channels}).elementwise_affine(false)))),
      modulation_(register_module("modulation", torch::nn::Linear(condition, 6 * o.channels))),
      queries_keys_values_(
          register_module("queries_keys_values", torch::nn::Linear(o.channels, 3 * o.channels))),
      out_(register_module("out", torch::nn::Linear(o.channels, o.channels))),
      pointwise1_(register_module("pointwise1", torch::nn::Linear(o.channels, o.hidden))),
      pointwise2_(register_module("pointwise2", torch::nn::Linear(o.hidden, o.channels))) {
  torch::NoGradGuard no_grad;
  modulation_->weight.zero_();
  modulation_->bias.zero_();
}

Tensor DiffusionBlockImpl::attend(const Tensor& x, const Tensor& mask) {
  const int64_t rows = x.size(0), frames = x.size(1), width = options_.channels / options_.heads;
  const Tensor parts = queries_keys_values_(x)
                           .view({rows, frames, 3, options_.heads, width})
                           .permute({2, 0, 3, 1, 4});  // [3, B, heads, T, width]
  const Tensor rotated = Rotations(0, frames, width, x.options()).apply(parts.slice(0, 0, 2), 0);
  const Tensor scores =
      torch::matmul(rotated[0] / std::sqrt(static_cast<double>(width)), rotated[1].transpose(2, 3));
  const Tensor padding = (mask == 0).view({rows, 1, 1, frames});
  const Tensor share =
      torch::softmax(scores.masked_fill(padding, std::numeric_limits<float>::lowest()), 3);
  return out_(
      torch::matmul(share, parts[2]).transpose(1, 2).reshape({rows, frames, options_.channels}));
}

Tensor DiffusionBlockImpl::forward(const Tensor& x, const Tensor& mask, const Tensor& condition) {
  StopScope::check();
  const auto part = modulation_(torch::silu(condition)).chunk(6, 2);  // shift, scale, gate, twice
  const auto dropped = [&](const Tensor& y) {
    return torch::dropout(y, options_.dropout, is_training());
  };
  const Tensor mixed = attend(part[0] + (part[1] + 1) * norm_(x), mask);
  const Tensor y = x + part[2] * dropped(mixed);
  const Tensor hidden = torch::gelu(pointwise1_(part[3] + (part[4] + 1) * norm_(y)));
  return y + part[5] * pointwise2_(dropped(hidden));
}

}  // namespace tts
