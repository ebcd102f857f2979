#include "acoustic/autoregressive/trunk.h"

namespace tts {

CausalTrunkImpl::CausalTrunkImpl(const TransformerOptions& options, int64_t blocks)
    : blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(register_module(
          "norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({options.channels})))) {
  for (int64_t i = 0; i < blocks; ++i) blocks_->push_back(TransformerBlock(options));
}

Tensor CausalTrunkImpl::forward(const Tensor& x) {
  Tensor y = x;
  for (const auto& block : *blocks_) y = block->as<TransformerBlock>()->forward(y);
  return norm_(y);
}

Tensor CausalTrunkImpl::step(const Tensor& x, TrunkState& state) {
  Tensor y = x;
  for (size_t i = 0; i < state.size(); ++i)
    y = blocks_[i]->as<TransformerBlock>()->step(y, state[i]);
  return norm_(y);
}

TrunkState CausalTrunkImpl::new_state(int64_t steps) const {
  return TrunkState(blocks_->size(), KeyValueCache(steps));
}

}  // namespace tts
