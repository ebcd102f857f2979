#include "acoustic/autoregressive/level_chain.h"

namespace tts {

LevelChainImpl::LevelChainImpl(int64_t channels, int64_t blocks, double dropout, CodeTable table)
    : dropout_(dropout),
      table_(std::move(table)),
      below_(register_module(
          "below",
          torch::nn::Linear(
              torch::nn::LinearOptions(table_->options().embedding, channels).bias(false)))),
      level_(register_module("level", torch::nn::Embedding(table_->options().codebooks, channels))),
      norms_(register_module("norms", torch::nn::ModuleList())),
      pointwise1_(register_module("pointwise1", torch::nn::ModuleList())),
      pointwise2_(register_module("pointwise2", torch::nn::ModuleList())),
      norm_(
          register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({channels})))) {
  for (int64_t i = 0; i < blocks; ++i) {
    norms_->push_back(torch::nn::LayerNorm(torch::nn::LayerNormOptions({channels})));
    pointwise1_->push_back(torch::nn::Linear(channels, 2 * channels));
    pointwise2_->push_back(torch::nn::Linear(2 * channels, channels));
  }
}

Tensor LevelChainImpl::run(Tensor x, const Tensor& levels) {
  x = x + level_(levels).unsqueeze(1);
  for (size_t i = 0; i < norms_->size(); ++i) {
    const Tensor wide = torch::gelu(pointwise1_[i]->as<torch::nn::Linear>()->forward(
        norms_[i]->as<torch::nn::LayerNorm>()->forward(x)));
    x = x + pointwise2_[i]->as<torch::nn::Linear>()->forward(
                torch::dropout(wide, dropout_, is_training()));
  }
  return table_->predict(norm_(x), levels);
}

Tensor LevelChainImpl::predict(const Tensor& hidden, const Tensor& below) {
  const Tensor level = torch::full({1}, below.size(1), below.options());
  Tensor x = hidden.unsqueeze(0);
  if (below.size(1) > 0) x = x + below_(table_->sum(below.unsqueeze(0)));
  return run(x, level).squeeze(0);
}

Tensor LevelChainImpl::predict_all(const Tensor& hidden, const Tensor& codes) {
  const int64_t levels = codes.size(1);
  std::vector<Tensor> rows;
  for (int64_t q = 0; q < levels; ++q) {
    rows.push_back(q == 0 ? hidden
                          : hidden + below_(table_->sum(codes.slice(1, 0, q).unsqueeze(0)))[0]);
  }
  return run(torch::stack(rows), torch::arange(levels, codes.options()));
}

}  // namespace tts
