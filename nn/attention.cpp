#include "nn/attention.h"

#include <algorithm>
#include <cmath>

namespace tts {
namespace {

constexpr double kLongestPeriod = 10000;
constexpr int64_t kFirstRoom = 64;  // frames

}  // namespace

std::pair<Tensor, Tensor> KeyValueCache::append(const Tensor& keys, const Tensor& values) {
  const int64_t count = keys.size(2);
  if (!keys_.defined() || frames_ + count > keys_.size(2)) {
    const int64_t room = std::max({kFirstRoom, 2 * frames_, frames_ + count});
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

Tensor rotate(const Tensor& x, int64_t first) {
  const int64_t half = x.size(3) / 2;
  const auto floats = x.options().dtype(torch::kFloat);
  const Tensor rates = torch::exp(torch::arange(half, floats) *
                                  (-std::log(kLongestPeriod) / static_cast<double>(half)));
  const Tensor angles =
      torch::arange(first, first + x.size(2), floats).unsqueeze(1) * rates;  // [T, half]
  const Tensor cosine = torch::cos(angles).to(x.dtype()), sine = torch::sin(angles).to(x.dtype());
  const Tensor a = x.slice(3, 0, half), b = x.slice(3, half);
  return torch::cat({a * cosine - b * sine, a * sine + b * cosine}, 3);
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
  const auto parts = queries_keys_values_(norm1_(x))
                         .view({rows, frames, 3, options_.heads, width})
                         .permute({2, 0, 3, 1, 4})
                         .unbind(0);  // each [B, heads, T, width]
  const int64_t before = cache ? cache->frames() : 0;
  const Tensor queries = rotate(parts[0], before);
  Tensor keys = rotate(parts[1], before), values = parts[2];
  if (cache) std::tie(keys, values) = cache->append(keys, values);
  Tensor scores = torch::matmul(queries, keys.transpose(2, 3)) / std::sqrt(width);
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
