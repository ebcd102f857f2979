// A scalar-quantised re-bottleneck (SQ-Codec of SimpleSpeech 2, Yang et al. 2024; finite scalar
// quantisation, Mentzer et al. 2023): frames of a codec's latents through a few bounded numbers,
// each rounded to one of 2 S + 1 values, and back.
#pragma once
#include <torch/torch.h>

namespace tts {

using torch::Tensor;

struct ScalarBottleneckOptions {
  int64_t latent = 0;   // K, of the frames
  int64_t scalars = 0;  // D, numbers that a frame passes through
  int64_t steps = 4;    // S
  int64_t hidden = 192;
};

class ScalarBottleneckImpl : public torch::nn::Module {
 public:
  explicit ScalarBottleneckImpl(const ScalarBottleneckOptions& options);
  // [..., K] → [..., D] in (-1, 1), not rounded
  Tensor encode(const Tensor& latents);
  // The nearest of k / S, k = -S … S; its gradient is that of the identity.
  Tensor round(const Tensor& scalars) const;
  // Of rounded scalars. [..., D] → [..., K]
  Tensor decode(const Tensor& scalars);
  const ScalarBottleneckOptions& options() const { return options_; }

 private:
  ScalarBottleneckOptions options_;
  torch::nn::Linear in1_, in2_, out1_, out2_;
};
TORCH_MODULE(ScalarBottleneck);

}  // namespace tts
