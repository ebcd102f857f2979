#include "nn/attention.h"

#include <algorithm>
#include <cmath>

namespace tts {
namespace {

constexpr double kLongestPeriod = 10000;

}  // namespace

Rotations::Rotations(int64_t first,
                     int64_t frames,
                     int64_t width,
                     const torch::TensorOptions& options) {
  const auto floats = options.dtype(torch::kFloat);
  const Tensor rates = torch::exp(torch::arange(width / 2, floats) *
                                  (-2 * std::log(kLongestPeriod) / static_cast<double>(width)));
  const Tensor angles =
      torch::arange(first, first + frames, floats).unsqueeze(1) * rates;  // [frames, width / 2]
  const Tensor cosine = torch::cos(angles).to(options), sine = torch::sin(angles).to(options);
  cosine_ = torch::cat({cosine, cosine}, 1);
  sine_ = torch::cat({-sine, sine}, 1);
}

//   (a, b) → (a cos - b sin, b cos + a sin)
Tensor Rotations::apply(const Tensor& x, int64_t begin) const {
  const int64_t frames = x.size(-2), half = x.size(-1) / 2;
  const Tensor swapped = torch::cat({x.slice(-1, half), x.slice(-1, 0, half)}, -1);
  return torch::addcmul(
      x * cosine_.slice(0, begin, begin + frames), swapped, sine_.slice(0, begin, begin + frames));
}

Tensor KeyValueCache::rotate_next(const Tensor& x) {
  const int64_t needed = frames_ + x.size(-2);
  if (rotations_.frames() < needed) {
    const int64_t room = std::max({first_room_, 2 * frames_, needed});
    rotations_ = Rotations(0, room, x.size(-1), x.options());
  }
  return rotations_.apply(x, frames_);
}

std::pair<Tensor, Tensor> KeyValueCache::append(const Tensor& keys, const Tensor& values) {
  const int64_t count = keys.size(2);
  if (!keys_.defined() || frames_ + count > keys_.size(2)) {
    const int64_t room = std::max({first_room_, 2 * frames_, frames_ + count});
    const auto grown = [&](const Tensor& old, const Tensor& like) {
      Tensor out = like.new_empty({like.size(0), like.size(1), room, like.size(3)});
      if (old.defined()) out.slice(2, 0, frames_).copy_(old.slice(2, 0, frames_));
      return out;
    };
    keys_ = grown(keys_, keys);
    values_ = grown(values_, values);
  }
  keys_.slice(2, frames_, frames_ + count).copy_(keys);
  values_.slice(2, frames_, frames_ + count).copy_(values);
  frames_ += count;
  return {keys_.slice(2, 0, frames_), values_.slice(2, 0, frames_)};
}

TransformerBlockImpl::TransformerBlockImpl(const TransformerOptions& o)
    : options_(o),
      norm1_(register_module("norm1",
                             torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))),
      norm2_(register_module("norm2",
                             torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))),
      queries_keys_values_(
          register_module("queries_keys_values", torch::nn::Linear(o.channels, 3 * o.channels))),
      out_(register_module("out", torch::nn::Linear(o.channels, o.channels))),
      pointwise1_(register_module("pointwise1", torch::nn::Linear(o.channels, o.hidden))),
      pointwise2_(register_module("pointwise2", torch::nn::Linear(o.hidden, o.channels))) {}

Tensor TransformerBlockImpl::attend(const Tensor& x, KeyValueCache* cache) {
  const int64_t rows = x.size(0), frames = x.size(1), width = options_.channels / options_.heads;
  const Tensor parts = queries_keys_values_(norm1_(x))
                           .view({rows, frames, 3, options_.heads, width})
                           .permute({2, 0, 3, 1, 4});  // [3, B, heads, T, width]
  const int64_t before = cache ? cache->frames() : 0;
  const Tensor placed = parts.slice(0, 0, 2);
  const Tensor rotated = cache ? cache->rotate_next(placed)
                               : Rotations(0, frames, width, x.options()).apply(placed, 0);
  Tensor keys = rotated[1], values = parts[2];
  if (cache) std::tie(keys, values) = cache->append(keys, values);
  Tensor scores =
      torch::matmul(rotated[0] / std::sqrt(static_cast<double>(width)), keys.transpose(2, 3));
  if (frames > 1) {
    const Tensor later =
        torch::ones({frames, before + frames}, x.options().dtype(torch::kBool)).triu(before + 1);
    scores = scores.masked_fill(later, -std::numeric_limits<float>::infinity());
  }
  const Tensor mixed = torch::matmul(torch::softmax(scores, 3), values);
  return out_(mixed.transpose(1, 2).reshape({rows, frames, options_.channels}));
}

Tensor TransformerBlockImpl::feed_forward(const Tensor& x) {
  const Tensor hidden = torch::gelu(pointwise1_(norm2_(x)));
  return pointwise2_(torch::dropout(hidden, options_.dropout, is_training()));
}

Tensor TransformerBlockImpl::forward(const Tensor& x) {
  const Tensor y = x + torch::dropout(attend(x, nullptr), options_.dropout, is_training());
  return y + feed_forward(y);
}

Tensor TransformerBlockImpl::step(const Tensor& x, KeyValueCache& cache) {
  const Tensor y = x + attend(x, &cache);
  return y + feed_forward(y);
}

}  // namespace tts
