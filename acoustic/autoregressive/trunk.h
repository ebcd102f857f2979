// The causal transformer under every token order.
#pragma once
#include "nn/attention.h"

namespace tts {

// What a trunk keeps of the earlier steps; it belongs to a call.
using TrunkState = std::vector<KeyValueCache>;

class CausalTrunkImpl : public torch::nn::Module {
 public:
  CausalTrunkImpl(const TransformerOptions& options, int64_t blocks);
  Tensor forward(const Tensor& x);                  // [B, S, C] → [B, S, C], normalised
  Tensor step(const Tensor& x, TrunkState& state);  // the same function, fed piecewise
  TrunkState new_state(int64_t steps) const;        // with room for so many steps

 private:
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
};
TORCH_MODULE(CausalTrunk);

}  // namespace tts
