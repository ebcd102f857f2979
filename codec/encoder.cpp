#include "codec/encoder.h"

namespace tts {
namespace {

// Brings log-mel magnitudes of speech (about -11.5 to 1) near zero mean and unit variance.
constexpr double kMelMean = -6.0, kMelDeviation = 2.5;

}  // namespace

EncoderOptions EncoderOptions::from(Config c) {
  EncoderOptions o;
  o.mel_bands = c.integer("mel_bands", 8, 512);
  o.channels_100hz = c.integer("channels_100hz", 4, 2048);
  o.blocks_100hz = c.integer("blocks_100hz", 0, 64);
  o.channels_50hz = c.integer("channels_50hz", 4, 2048);
  o.blocks_50hz = c.integer("blocks_50hz", 0, 64);
  o.latent = c.integer("latent", 1, 1024);
  if (c.has("band_aware")) o.band_aware = c.boolean("band_aware");
  c.finish();
  return o;
}

nlohmann::json EncoderOptions::to_json() const {
  nlohmann::json out = {{"mel_bands", mel_bands},
                        {"channels_100hz", channels_100hz},
                        {"blocks_100hz", blocks_100hz},
                        {"channels_50hz", channels_50hz},
                        {"blocks_50hz", blocks_50hz},
                        {"latent", latent}};
  if (band_aware) out["band_aware"] = true;
  return out;
}

EncoderImpl::EncoderImpl(const EncoderOptions& o)
    : input_(register_module("input", FrameConv(o.mel_bands, o.channels_100hz, 3))),
      fast_(register_module("fast", torch::nn::ModuleList())),
      down_(register_module("down", torch::nn::Linear(2 * o.channels_100hz, o.channels_50hz))),
      slow_(register_module("slow", torch::nn::ModuleList())),
      norm_(register_module("norm",
                            torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels_50hz})))),
      output_(register_module("output", torch::nn::Linear(o.channels_50hz, o.latent))) {
  for (int64_t i = 0; i < o.blocks_100hz; ++i) {
    fast_->push_back(ConvNeXtBlock(ConvNeXtOptions{o.channels_100hz, 3 * o.channels_100hz}));
  }
  for (int64_t i = 0; i < o.blocks_50hz; ++i) {
    slow_->push_back(ConvNeXtBlock(ConvNeXtOptions{o.channels_50hz, 3 * o.channels_50hz}));
  }
}

Tensor EncoderImpl::forward(const Tensor& log_mel, const Tensor& known) {
  Tensor x = (log_mel - kMelMean) / kMelDeviation;  // [B, 2T, bands]
  if (known.defined()) x = x * known.to(x.dtype()).unsqueeze(1);
  x = input_(x);  // [B, 2T, C]
  for (const auto& block : *fast_) x = block->as<ConvNeXtBlock>()->forward(x);
  x = down_(x.reshape({x.size(0), x.size(1) / 2, 2 * x.size(2)}));  // [B, T, C']
  for (const auto& block : *slow_) x = block->as<ConvNeXtBlock>()->forward(x);
  return output_(norm_(x));
}

}  // namespace tts
