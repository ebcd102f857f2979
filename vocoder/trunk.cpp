#include "vocoder/trunk.h"

#include <numeric>

namespace tts {

TrunkOptions TrunkOptions::from(Config& c) {
  TrunkOptions o;
  o.latent = c.integer("latent", 1, 1024);
  o.channels = c.integer("channels", 4, 4096);
  o.lookahead_50hz = c.integers("lookahead_50hz", 0, 6);
  o.lookahead_100hz = c.integers("lookahead_100hz", 0, 6);
  return o;
}

nlohmann::json TrunkOptions::to_json() const {
  return {{"latent", latent},
          {"channels", channels},
          {"lookahead_50hz", lookahead_50hz},
          {"lookahead_100hz", lookahead_100hz}};
}

int64_t TrunkOptions::lookahead_frames() const {
  const auto sum = [](const std::vector<int64_t>& v) {
    return std::accumulate(v.begin(), v.end(), int64_t{0});
  };
  return sum(lookahead_50hz) + (sum(lookahead_100hz) + 1) / 2;
}

TrunkImpl::TrunkImpl(const TrunkOptions& o)
    : input_(register_module("input", torch::nn::Linear(o.latent, o.channels))),
      slow_(register_module("slow", torch::nn::ModuleList())),
      double_(register_module("double", torch::nn::Linear(o.channels, 2 * o.channels))),
      fast_(register_module("fast", torch::nn::ModuleList())),
      norm_(register_module("norm",
                            torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))) {
  for (const int64_t ahead : o.lookahead_50hz) {
    slow_->push_back(ConvNeXtBlock(ConvNeXtOptions{o.channels, 3 * o.channels, 7, ahead}));
  }
  for (const int64_t ahead : o.lookahead_100hz) {
    fast_->push_back(ConvNeXtBlock(ConvNeXtOptions{o.channels, 3 * o.channels, 7, ahead}));
  }
}

Tensor TrunkImpl::slow(const Tensor& latents, StreamState& state) {
  Tensor x = input_(latents);
  for (const auto& block : *slow_) x = block->as<ConvNeXtBlock>()->stream(x, state);
  return x;
}

Tensor TrunkImpl::upsample(const Tensor& x) {
  return double_(x).reshape({x.size(0), 2 * x.size(1), x.size(2)});
}

Tensor TrunkImpl::fast(const Tensor& features, StreamState& state) {
  Tensor x = features;
  for (const auto& block : *fast_) x = block->as<ConvNeXtBlock>()->stream(x, state);
  return norm_(x);
}

}  // namespace tts
