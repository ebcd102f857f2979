#include "nn/scalar_bottleneck.h"

namespace tts {

ScalarBottleneckImpl::ScalarBottleneckImpl(const ScalarBottleneckOptions& o)
    : options_(o),
      in1_(register_module("in1", torch::nn::Linear(o.latent, o.hidden))),
      in2_(register_module("in2", torch::nn::Linear(o.hidden, o.scalars))),
      out1_(register_module("out1", torch::nn::Linear(o.scalars, o.hidden))),
      out2_(register_module("out2", torch::nn::Linear(o.hidden, o.latent))) {}

Tensor ScalarBottleneckImpl::encode(const Tensor& latents) {
  return torch::tanh(in2_(torch::gelu(in1_(latents))));
}

Tensor ScalarBottleneckImpl::round(const Tensor& scalars) const {
  const auto steps = static_cast<double>(options_.steps);
  const Tensor rounded = torch::round(scalars.detach().clamp(-1, 1) * steps) / steps;
  return scalars + (rounded - scalars.detach());
}

Tensor ScalarBottleneckImpl::decode(const Tensor& scalars) {
  return out2_(torch::gelu(out1_(scalars)));
}

}  // namespace tts
