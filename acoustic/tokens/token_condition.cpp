#include "acoustic/tokens/token_condition.h"

namespace tts {

TokenConditionImpl::TokenConditionImpl(const TokenConditionOptions& o, int64_t encoder_channels)
    : blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(register_module("norm",
                            torch::nn::LayerNorm(torch::nn::LayerNormOptions({encoder_channels})))),
      output_(register_module("output", torch::nn::Linear(encoder_channels, o.channels))),
      none_(register_parameter("none", torch::zeros({o.channels}))) {
  ConvNeXtOptions block{encoder_channels, 3 * encoder_channels};
  block.dropout = o.dropout;
  for (int64_t i = 0; i < o.blocks; ++i) blocks_->push_back(ConvNeXtBlock(block));
}

Tensor TokenConditionImpl::forward(const FrameEncoder::Output& frames) {
  Tensor x = frames.features;
  for (const auto& block : *blocks_)
    x = block->as<ConvNeXtBlock>()->forward(x, frames.mask) * frames.mask;
  return output_(norm_(x)) * frames.mask;
}

Tensor TokenConditionImpl::untold(const Tensor& mask) const {
  return none_ * mask;
}

Tensor TokenConditionImpl::drop(const Tensor& told, const Tensor& mask, double share) const {
  const Tensor dropped =
      (torch::rand({told.size(0), 1, 1}, told.options()) < share).to(told.dtype());
  return told * (1 - dropped) + untold(mask) * dropped;
}

}  // namespace tts
