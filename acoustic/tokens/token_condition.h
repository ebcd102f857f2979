// What a token generator is told of the text: the frame encoder's features through a few ConvNeXt
// blocks of its own (the encoder may be another voice's, and frozen), or a learnt vector in their
// place for the share of training that guidance needs.
#pragma once
#include "acoustic/frame_encoder.h"

namespace tts {

struct TokenConditionOptions {
  int64_t channels = 256;  // C
  int64_t blocks = 2;
  double dropout = 0.2;
};

class TokenConditionImpl : public torch::nn::Module {
 public:
  TokenConditionImpl(const TokenConditionOptions& options, int64_t encoder_channels);
  Tensor forward(const FrameEncoder::Output& frames);  // → [B, T, C], zero beyond a row's end
  // What stands there instead in frames of that mask. mask: [B, T, 1] → [B, T, C]
  Tensor untold(const Tensor& mask) const;
  // told, with a share of the rows untold.
  Tensor drop(const Tensor& told, const Tensor& mask, double share) const;

 private:
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear output_;
  Tensor none_;  // [C]
};
TORCH_MODULE(TokenCondition);

}  // namespace tts
