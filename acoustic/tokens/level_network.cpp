#include "acoustic/tokens/level_network.h"

#include <algorithm>

#include "acoustic/tokens/unmasking.h"

namespace tts {
namespace {

torch::nn::Linear without_bias(int64_t in, int64_t out) {
  return torch::nn::Linear(torch::nn::LinearOptions(in, out).bias(false));
}

}  // namespace

LevelNetworkImpl::LevelNetworkImpl(const LevelNetworkOptions& o, CodeTable table)
    : options_(o),
      table_(std::move(table)),
      below_(register_module("below", without_bias(table_->options().embedding, o.channels))),
      own_(register_module("own", without_bias(table_->options().embedding, o.channels))),
      given_(register_module("given", torch::nn::Linear(table_->options().embedding, o.channels))),
      level_(
          register_module("level", torch::nn::Embedding(table_->options().codebooks, o.channels))),
      blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(register_module("norm",
                            torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))) {
  ConvNeXtOptions block{o.channels, 3 * o.channels};
  block.dropout = o.dropout;
  block.condition = o.channels;
  for (int64_t i = 0; i < o.blocks; ++i) blocks_->push_back(ConvNeXtBlock(block));
}

Tensor LevelNetworkImpl::given(const Tensor& codes, const Tensor& given) {
  const Tensor known = codes.masked_fill(~given.unsqueeze(2), table_->unknown());
  return given_(table_->sum(known)) * given.unsqueeze(2);
}

Tensor LevelNetworkImpl::through(
    Tensor x, const Tensor& mask, const Tensor& level, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i)
    x = blocks_[i]->as<ConvNeXtBlock>()->forward(x, mask, level) * mask;
  return x;
}

Tensor LevelNetworkImpl::predict(const Frames& f, const Tensor& own, const Tensor& levels) {
  const Tensor level = level_(levels).unsqueeze(1);  // [B, 1, C]
  Tensor x = f.told + below_(table_->sum(f.codes, levels)) + own_(table_->embed(own, levels));
  const size_t all = blocks_of(0), fine = blocks_of(1);
  x = through(x * f.mask, f.mask, level, 0, fine);
  const Tensor first = (levels == 0).nonzero().squeeze(1);  // rows
  if (fine < all && first.numel() > 0) {
    const auto of_first = [&](const Tensor& t) { return t.index_select(0, first); };
    x = x.index_copy(0, first, through(of_first(x), of_first(f.mask), of_first(level), fine, all));
  }
  return table_->predict(norm_(x), levels);
}

size_t LevelNetworkImpl::blocks_of(int64_t level) const {
  const size_t all = blocks_->size();
  return level == 0 || options_.fine_blocks < 0 ? all : std::min<size_t>(all, options_.fine_blocks);
}

int64_t LevelNetworkImpl::reach(int64_t level) const {
  return static_cast<int64_t>(blocks_of(level)) * ((ConvNeXtOptions().kernel - 1) / 2);
}

Tensor LevelNetworkImpl::predict_guided(
    const Frames& frames, const Tensor& untold, const Tensor& own, int64_t level, double guidance) {
  const Tensor levels = torch::full({own.size(0)}, level, own.options());
  const Tensor told = predict(frames, own, levels);
  if (guidance == 1.0) return told;
  return guided(told, predict({untold, frames.mask, frames.codes}, own, levels), guidance);
}

Tensor LevelNetworkImpl::draw_levels(int64_t rows, const Tensor& like) const {
  const int64_t first = options_.first_level;
  const Tensor weights = level_weights(table_->options().codebooks - first, like);
  return torch::multinomial(weights, rows, true) + first;
}

Tensor LevelNetworkImpl::random_mask(const Tensor& share, int64_t frames) const {
  const int64_t span = options_.span, spans = frames / span + 2;
  const Tensor masked = torch::rand({share.size(0), spans}, share.options()) < share;
  // Spans begin anywhere.
  const int64_t first = torch::randint(span, {1}).item<int64_t>();
  return spread_spans(masked, span, frames + first).slice(1, first);
}

Losses LevelNetworkImpl::loss(const Frames& frames, const Tensor& levels, const Tensor& masked) {
  const Tensor truth =
      frames.codes
          .gather(2,
                  levels.view({-1, 1, 1}).expand({frames.codes.size(0), frames.codes.size(1), 1}))
          .squeeze(2);
  Frames seen = frames;
  seen.codes = with_wrong_codes(frames.codes, options_.code_noise, table_->options().entries);
  const Tensor predicted = predict(seen, truth.masked_fill(masked, table_->unknown()), levels);
  const Tensor counted = masked.to(predicted.dtype()) * frames.mask.squeeze(2);
  const Tensor entropy = -predicted.gather(2, truth.unsqueeze(2)).squeeze(2);
  const Tensor right = (predicted.detach().argmax(2) == truth).to(predicted.dtype());
  const auto mean = [](const Tensor& values, const Tensor& weight) {
    return (values * weight).sum() / weight.sum().clamp_min(1);
  };
  const Tensor total = mean(entropy, counted);
  const Tensor first = counted * (levels == options_.first_level).to(counted.dtype()).unsqueeze(1);
  return {{"total", total},
          {"entropy", total.detach()},
          {"accuracy", mean(right, counted)},
          {"entropy_first", mean(entropy, first).detach()}};
}

Tensor with_wrong_codes(const Tensor& codes, double share, int64_t entries) {
  const Tensor wrong = torch::rand(codes.sizes(), codes.options().dtype(torch::kFloat)) < share;
  return torch::where(wrong, torch::randint_like(codes, entries), codes);
}

}  // namespace tts
