#include "acoustic/parallel/parallel.h"

namespace tts {

ParallelOptions ParallelOptions::from(Config& c) {
  ParallelOptions o;
  o.latent = c.integer("latent", 1, 1024);
  o.blocks = c.integer("blocks", 0, 64);
  o.dropout = c.number("dropout", 0, 0.9);
  return o;
}

nlohmann::json ParallelGenerator::to_json() const {
  return {{"type", "parallel"},
          {"latent", options_.latent},
          {"blocks", options_.blocks},
          {"dropout", options_.dropout}};
}

ParallelGenerator::ParallelGenerator(const ParallelOptions& o,
                                     std::shared_ptr<FrameEncoder> frame_encoder)
    : options_(o),
      frame_encoder_(std::move(frame_encoder)),
      blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(register_module(
          "norm",
          torch::nn::LayerNorm(torch::nn::LayerNormOptions({frame_encoder_->options().channels})))),
      output_(register_module("output",
                              torch::nn::Linear(frame_encoder_->options().channels, o.latent))) {
  const ConvNeXtOptions block = frame_encoder_->block_options(o.dropout);
  for (int64_t i = 0; i < o.blocks; ++i) blocks_->push_back(ConvNeXtBlock(block));
}

Tensor ParallelGenerator::regress(const FrameEncoder::Output& frames) {
  Tensor x = frames.features;
  for (const auto& block : *blocks_)
    x = block->as<ConvNeXtBlock>()->forward(x, frames.mask, frames.speaker) * frames.mask;
  return output_(norm_(x));
}

Generation ParallelGenerator::generate(const Condition& condition,
                                       const Sampling&,
                                       const FrameSink& sink) {
  torch::NoGradGuard no_grad;
  const auto frames = frame_encoder_->forward(condition);
  Generation out;
  out.latents = keep_known(regress(frames), condition) * frames.mask;
  out.frame_lengths = frames.lengths;
  out.durations = condition.durations;
  if (sink && !sink(out.latents, 0)) out.stop = StopReason::kCancelled;
  return out;
}

Losses ParallelGenerator::loss(const Batch& batch) {
  const auto frames = frame_encoder_->forward(batch.condition);
  const Tensor error = masked_mean((regress(frames) - batch.latents).square(), frames.mask);
  return {{"total", error}, {"error", error.detach()}};
}

}  // namespace tts
