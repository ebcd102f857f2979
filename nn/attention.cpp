#include "nn/attention.h"

#include <algorithm>
#include <cmath>

#include "core/stop.h"

namespace tts {
namespace {

constexpr double kLongestPeriod = 10000;

}  // namespace

Rotations::Rotations(int64_t first,
                     int64_t frames,
                     int64_t width,
                     const torch::TensorOptions& options)
    : Rotations(torch::arange(first, first + frames, options.dtype(torch::kFloat)), width) {
  cosine_ = cosine_.to(options);
  sine_ = sine_.to(options);
}

Rotations::Rotations(const Tensor& positions, int64_t width) {
  const Tensor rates = torch::exp(torch::arange(width / 2, positions.options()) *
                                  (-2 * std::log(kLongestPeriod) / static_cast<double>(width)));
  const Tensor angles = positions.unsqueeze(-1) * rates;  // [..., frames, width / 2]
  const Tensor cosine = torch::cos(angles), sine = torch::sin(angles);
  cosine_ = torch::cat({cosine, cosine}, -1);
  sine_ = torch::cat({-sine, sine}, -1);
}

//   (a, b) → (a cos - b sin, b cos + a sin)
Tensor Rotations::apply(const Tensor& x, int64_t begin) const {
  const int64_t frames = x.size(-2), half = x.size(-1) / 2;
  const Tensor swapped = torch::cat({x.slice(-1, half), x.slice(-1, 0, half)}, -1);
  return torch::addcmul(x * cosine_.slice(-2, begin, begin + frames),
                        swapped,
                        sine_.slice(-2, begin, begin + frames));
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

Tensor TransformerBlockImpl::heads_of(const Tensor& x) {
  return queries_keys_values_(norm1_(x))
      .view({x.size(0), x.size(1), 3, options_.heads, options_.channels / options_.heads})
      .permute({2, 0, 3, 1, 4});
}

Tensor TransformerBlockImpl::joined(const Tensor& mixed) {
  return out_(mixed.transpose(1, 2).reshape({mixed.size(0), mixed.size(2), options_.channels}));
}

Tensor TransformerBlockImpl::attend(const Tensor& x, KeyValueCache* cache) {
  const int64_t frames = x.size(1), width = options_.channels / options_.heads;
  const Tensor parts = heads_of(x);
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
  return joined(torch::matmul(torch::softmax(scores, 3), values));
}

Tensor TransformerBlockImpl::see_all(const Tensor& x,
                                     const Rotations& rotations,
                                     const Tensor& barred,
                                     Tensor* weights) {
  const Tensor parts = heads_of(x);
  const Tensor placed = rotations.apply(parts.slice(0, 0, 2), 0);
  const Tensor scores = torch::matmul(placed[0] / std::sqrt(static_cast<double>(placed.size(-1))),
                                      placed[1].transpose(2, 3))
                            .masked_fill(barred, -std::numeric_limits<float>::infinity());
  const Tensor attention = torch::softmax(scores, 3);
  if (weights) *weights = attention;
  const Tensor mixed = joined(torch::matmul(attention, parts[2]));
  const Tensor y = x + torch::dropout(mixed, options_.dropout, is_training());
  return y + feed_forward(y);
}

Tensor TransformerBlockImpl::feed_forward(const Tensor& x) {
  StopScope::check();
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
