#include "acoustic/flow/flow.h"

#include "acoustic/parallel/parallel.h"
#include "core/error.h"
#include "core/row_stream.h"

namespace tts {
namespace {

constexpr int64_t kTimeWidth = 128;
// Training with known frames: how many rows have some, and how much of a row is the gap at least.
constexpr double kInfillShare = 0.5, kShortestGap = 0.3;

}  // namespace

Tensor initial_noise(
    const Sampling& sampling, int64_t batch, int64_t frames, int64_t width, const Tensor& like) {
  Tensor noise = torch::empty({batch, frames, width}, torch::kFloat);
  for (int64_t b = 0; b < batch; ++b) {
    row_stream(sampling, b)
        .normal(RandomPurpose::kLatent, 0, 0, noise[b].data_ptr<float>(), frames * width);
  }
  return noise.to(like.options());
}

Tensor random_known(const Tensor& lengths, int64_t frames, const Tensor& like) {
  const auto options = like.options();
  const Tensor uniform = torch::rand({lengths.size(0), 3}, options);
  const Tensor length = lengths.to(options).unsqueeze(1);
  const Tensor gap = (kShortestGap + (1 - kShortestGap) * uniform.slice(1, 0, 1)) * length;
  // The gap may reach beyond either end, so that prompts without an end are met as well.
  const Tensor start = uniform.slice(1, 1, 2) * (length + gap) - gap;
  const Tensor index = torch::arange(frames, options).unsqueeze(0);
  const Tensor given = (index < start) | (index >= start + gap);
  const Tensor row = uniform.slice(1, 2, 3) < kInfillShare;
  return (given & row & (index < length)).to(options.dtype()).unsqueeze(2);
}

FlowOptions FlowOptions::from(Config& c) {
  FlowOptions o;
  o.latent = c.integer("latent", 1, 1024);
  o.mean_blocks = c.integer("mean_blocks", 0, 64);
  o.channels = c.integer("channels", 4, 4096);
  o.blocks = c.integer("blocks", 0, 64);
  o.dropout = c.number("dropout", 0, 0.9);
  o.condition_dropout = c.number("condition_dropout", 0, 0.9);
  if (c.has("infill")) o.infill = c.boolean("infill");
  return o;
}

nlohmann::json FlowGenerator::to_json() const {
  return {{"type", "flow"},
          {"latent", options_.latent},
          {"mean_blocks", options_.mean_blocks},
          {"channels", options_.channels},
          {"blocks", options_.blocks},
          {"dropout", options_.dropout},
          {"condition_dropout", options_.condition_dropout},
          {"infill", options_.infill}};
}

FlowGenerator::FlowGenerator(const FlowOptions& o, std::shared_ptr<FrameEncoder> frame_encoder)
    : options_(o),
      frame_encoder_(std::move(frame_encoder)),
      mean_blocks_(register_module("mean_blocks", torch::nn::ModuleList())),
      mean_norm_(register_module(
          "mean_norm",
          torch::nn::LayerNorm(torch::nn::LayerNormOptions({frame_encoder_->options().channels})))),
      mean_output_(register_module(
          "mean_output", torch::nn::Linear(frame_encoder_->options().channels, o.latent))),
      condition_(register_module(
          "condition",
          torch::nn::Linear(frame_encoder_->options().channels + o.latent, o.channels))),
      no_condition_(register_parameter("no_condition", torch::zeros({o.channels}))),
      time1_(register_module("time1", torch::nn::Linear(kTimeWidth, o.channels))),
      time2_(register_module("time2", torch::nn::Linear(o.channels, o.channels))),
      input_(register_module("input", torch::nn::Linear(o.latent, o.channels))),
      blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(
          register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))),
      output_(register_module("output", torch::nn::Linear(o.channels, o.latent))) {
  const int64_t width = frame_encoder_->options().channels;
  ConvNeXtOptions mean{width, 3 * width};
  mean.dropout = o.dropout;
  for (int64_t i = 0; i < o.mean_blocks; ++i) mean_blocks_->push_back(ConvNeXtBlock(mean));
  ConvNeXtOptions block{o.channels, 3 * o.channels};
  block.dropout = o.dropout;
  block.condition = o.channels;
  for (int64_t i = 0; i < o.blocks; ++i) blocks_->push_back(ConvNeXtBlock(block));
  if (o.infill) {
    known_ = register_module("known", torch::nn::Linear(o.latent + 1, o.channels));
    torch::NoGradGuard no_grad;
    known_->weight.zero_();
    known_->bias.zero_();
  }
}

Tensor FlowGenerator::told_frames(const Tensor& latents, const Tensor& known) {
  return known_(torch::cat({latents * known, known}, 2)) * known;
}

FlowGenerator::Context FlowGenerator::context(const Condition& condition) {
  const auto frames = frame_encoder_->forward(condition);
  Tensor x = frames.features;
  for (const auto& block : *mean_blocks_)
    x = block->as<ConvNeXtBlock>()->forward(x, frames.mask) * frames.mask;
  Context out;
  x = mean_norm_(x);
  out.mean = mean_output_(x);
  out.features = condition_(torch::cat({x, out.mean.detach()}, 2));
  out.mask = frames.mask;
  out.lengths = frames.lengths;
  return out;
}

Tensor FlowGenerator::velocity(const Tensor& x,
                               const Tensor& t,
                               const Tensor& features,
                               const Tensor& mask) {
  const Tensor time =
      time2_(torch::silu(time1_(sinusoidal_embedding(t * 1000, kTimeWidth, 10000)))).unsqueeze(1);
  Tensor h = (input_(x) + features) * mask;
  for (const auto& block : *blocks_) h = block->as<ConvNeXtBlock>()->forward(h, mask, time) * mask;
  return output_(norm_(h));
}

Tensor FlowGenerator::guided_velocity(const Tensor& x,
                                      double t,
                                      const Context& c,
                                      double guidance) {
  const Tensor time = torch::full({x.size(0)}, t, x.options());
  const Tensor told = velocity(x, time, c.features, c.mask);
  if (guidance == 1.0) return told;
  const Tensor untold = velocity(x, time, no_condition_.expand_as(c.features), c.mask);
  return untold + (told - untold) * guidance;
}

Generation FlowGenerator::generate(const Condition& condition,
                                   const Sampling& sampling,
                                   const FrameSink& sink) {
  torch::NoGradGuard no_grad;
  Context c = context(condition);
  if (known_ && condition.known_mask.defined()) {
    c.features = c.features + told_frames(condition.known_latents,
                                          condition.known_mask.unsqueeze(2).to(c.mask.dtype()));
  }
  // A temperature below one starts nearer the centre of the noise and so ends nearer the mode.
  Tensor x = initial_noise(sampling, c.mean.size(0), c.mean.size(1), options_.latent, c.mean) *
             sampling.temperature;
  const double dt = 1.0 / sampling.steps;
  for (int64_t step = 0; step < sampling.steps; ++step) {
    const double t = step * dt;
    if (sampling.solver == "midpoint") {
      const Tensor middle = x + guided_velocity(x, t, c, sampling.guidance) * (dt / 2);
      x = x + guided_velocity(middle, t + dt / 2, c, sampling.guidance) * dt;
    } else {
      x = x + guided_velocity(x, t, c, sampling.guidance) * dt;
    }
  }
  Generation out;
  out.latents = keep_known(x, condition) * c.mask;
  out.frame_lengths = c.lengths;
  out.durations = condition.durations;
  if (sink && !sink(out.latents, 0)) out.stop = StopReason::kCancelled;
  return out;
}

Losses FlowGenerator::loss(const Batch& batch) {
  Context c = context(batch.condition);
  const Tensor x1 = batch.latents;
  const int64_t rows = x1.size(0);
  // Logit-normal times: the middle of the path is the hard part (Esser et al. 2024).
  const Tensor t = torch::sigmoid(torch::randn({rows}, x1.options()));
  const Tensor x0 = torch::randn_like(x1);
  const Tensor at = t.view({-1, 1, 1});
  const Tensor drop =
      (torch::rand({rows, 1, 1}, x1.options()) < options_.condition_dropout).to(x1.dtype());
  Tensor told = c.features, wanted = c.mask;
  if (known_) {
    const Tensor known = random_known(c.lengths, x1.size(1), x1);
    told = told + told_frames(x1, known);
    wanted = wanted * (1 - known);
  }
  const Tensor features = told * (1 - drop) + no_condition_ * drop;
  const Tensor predicted = velocity(x0 * (1 - at) + x1 * at, t, features, c.mask);
  const Tensor flow = masked_mean((predicted - (x1 - x0)).square(), wanted);
  const Tensor mean = masked_mean((c.mean - x1).square(), c.mask);
  return {{"total", flow + mean}, {"flow", flow.detach()}, {"mean", mean.detach()}};
}

}  // namespace tts
