#include "acoustic/flow/flow.h"

#include <cmath>

#include "core/error.h"
#include "core/row_stream.h"
#include "nn/diffusion_block.h"

namespace tts {
namespace {

constexpr int64_t kTimeWidth = 128;
// Evenly spread in (-1, 1), scalars deviate by 0.58: the noise that paths begin from has 1.
constexpr double kScalarDeviation = 1.7;
// Where a step of the solver stands on the path, 0 to 1: even, or bent by sway sampling (F5-TTS,
// Chen et al. 2024).
double time_of(int64_t step, const Sampling& sampling) {
  const double even = static_cast<double>(step) / static_cast<double>(sampling.steps);
  return even + sampling.sway * (std::cos(M_PI / 2 * even) - 1 + even);
}

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

std::vector<std::string> flow_trunks() {
  return {"convnext", "transformer"};
}

FlowOptions FlowOptions::from(Config& c) {
  FlowOptions o;
  o.latent = c.integer("latent", 1, 1024);
  o.mean_blocks = c.integer("mean_blocks", 0, 64);
  o.channels = c.integer("channels", 4, 4096);
  o.blocks = c.integer("blocks", 0, 64);
  o.dropout = c.number("dropout", 0, 0.9);
  o.condition_dropout = c.number("condition_dropout", 0, 0.9);
  if (c.has("trunk")) o.trunk = c.choice("trunk", flow_trunks());
  if (o.trunk == "transformer") {
    o.heads = c.integer("heads", 1, 64);
    if (o.channels % (2 * o.heads) != 0)
      fail(ErrorCode::kVoice, c.where(), ": channels must be a multiple of twice the heads");
  }
  if (c.has("scalars")) {
    o.scalars = c.integer("scalars", 1, 256);
    o.scalar_steps = c.integer("scalar_steps", 1, 64);
  }
  if (c.has("infill")) o.infill = c.boolean("infill");
  if (c.has("shortcut")) o.shortcut = c.boolean("shortcut");
  return o;
}

nlohmann::json FlowGenerator::to_json() const {
  nlohmann::json json = {{"type", "flow"},
                         {"latent", options_.latent},
                         {"mean_blocks", options_.mean_blocks},
                         {"channels", options_.channels},
                         {"blocks", options_.blocks},
                         {"dropout", options_.dropout},
                         {"condition_dropout", options_.condition_dropout},
                         {"infill", options_.infill}};
  if (bottleneck_)
    json.update({{"scalars", options_.scalars}, {"scalar_steps", options_.scalar_steps}});
  if (options_.trunk == "transformer")
    json.update({{"trunk", options_.trunk}, {"heads", options_.heads}});
  if (options_.shortcut) json["shortcut"] = true;
  return json;
}

FlowGenerator::FlowGenerator(const FlowOptions& o, std::shared_ptr<FrameEncoder> frame_encoder)
    : options_(o),
      frame_encoder_(std::move(frame_encoder)),
      mean_blocks_(register_module("mean_blocks", torch::nn::ModuleList())),
      mean_norm_(register_module(
          "mean_norm",
          torch::nn::LayerNorm(torch::nn::LayerNormOptions({frame_encoder_->options().channels})))),
      mean_output_(register_module("mean_output",
                                   torch::nn::Linear(frame_encoder_->options().channels, width()))),
      condition_(register_module(
          "condition",
          torch::nn::Linear(frame_encoder_->options().channels + width(), o.channels))),
      no_condition_(register_parameter("no_condition", torch::zeros({o.channels}))),
      time1_(register_module("time1", torch::nn::Linear(kTimeWidth, o.channels))),
      time2_(register_module("time2", torch::nn::Linear(o.channels, o.channels))),
      input_(register_module("input", torch::nn::Linear(width(), o.channels))),
      blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(
          register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))),
      output_(register_module("output", torch::nn::Linear(o.channels, width()))) {
  const ConvNeXtOptions mean = frame_encoder_->block_options(o.dropout);
  for (int64_t i = 0; i < o.mean_blocks; ++i) mean_blocks_->push_back(ConvNeXtBlock(mean));
  ConvNeXtOptions block{o.channels, 3 * o.channels};
  block.dropout = o.dropout;
  block.condition = o.channels;
  const TransformerOptions attention{o.channels, o.heads, 3 * o.channels, o.dropout};
  for (int64_t i = 0; i < o.blocks; ++i) {
    if (o.trunk == "transformer") {
      blocks_->push_back(DiffusionBlock(attention, o.channels));
    } else {
      blocks_->push_back(ConvNeXtBlock(block));
    }
  }
  if (o.scalars > 0) {
    const ScalarBottleneckOptions scalars{o.latent, o.scalars, o.scalar_steps};
    bottleneck_ = register_module("bottleneck", ScalarBottleneck(scalars));
  }
  if (mean.condition > 0)
    speaker_ = register_module("speaker", torch::nn::Linear(mean.condition, o.channels));
  // What a network may learn later begins as nothing.
  const auto silent = [&](const char* name, int64_t in) {
    torch::NoGradGuard no_grad;
    auto linear = register_module(name, torch::nn::Linear(in, o.channels));
    linear->weight.zero_();
    linear->bias.zero_();
    return linear;
  };
  if (o.infill) known_ = silent("known", width() + 1);
  if (o.shortcut) {
    step_ = silent("step", kTimeWidth);
    guidance_ = silent("guidance", kTimeWidth);
  }
}

Tensor FlowGenerator::told_frames(const Tensor& latents, const Tensor& known) {
  return known_(torch::cat({latents * known, known}, 2)) * known;
}

Tensor FlowGenerator::to_path(const Tensor& latents) {
  return bottleneck_ ? bottleneck_->encode(latents) * kScalarDeviation : latents;
}

Tensor FlowGenerator::from_path(const Tensor& x) {
  return bottleneck_ ? bottleneck_->decode(bottleneck_->round(x / kScalarDeviation)) : x;
}

FlowGenerator::Context FlowGenerator::context(const Condition& condition) {
  const auto frames = frame_encoder_->forward(condition);
  Tensor x = frames.features;
  for (const auto& block : *mean_blocks_)
    x = block->as<ConvNeXtBlock>()->forward(x, frames.mask, frames.speaker) * frames.mask;
  Context out;
  x = mean_norm_(x);
  out.mean = mean_output_(x);
  out.features = condition_(torch::cat({x, out.mean.detach()}, 2));
  out.speaker = speaker_ ? speaker_(frames.speaker) : Tensor();
  out.mask = frames.mask;
  out.lengths = frames.lengths;
  return out;
}

Tensor FlowGenerator::through_trunk(Tensor h, const Tensor& mask, const Tensor& time) {
  for (const auto& block : *blocks_) {
    h = options_.trunk == "transformer" ? block->as<DiffusionBlock>()->forward(h, mask, time) * mask
                                        : block->as<ConvNeXtBlock>()->forward(h, mask, time) * mask;
  }
  return h;
}

Tensor FlowGenerator::embedded(const Place& at) {
  const auto scalar = [](const Tensor& x) {
    return sinusoidal_embedding(x * 1000, kTimeWidth, 10000);
  };
  Tensor sum = time1_(scalar(at.time));
  if (step_) sum = sum + step_(scalar(at.step)) + guidance_(scalar(at.guidance / kMostGuidance));
  return time2_(torch::silu(sum)).unsqueeze(1);
}

Tensor FlowGenerator::velocity(const Tensor& x,
                               const Place& at,
                               const Told& told,
                               const Tensor& mask) {
  Tensor place = embedded(at);
  if (told.speaker.defined()) place = place + told.speaker;
  return output_(norm_(through_trunk((input_(x) + told.features) * mask, mask, place)));
}

Tensor FlowGenerator::guided_velocity(const Tensor& x,
                                      const Place& at,
                                      const Context& c,
                                      double guidance) {
  const Tensor told = velocity(x, at, {c.features, c.speaker}, c.mask);
  if (guidance == 1.0 || options_.shortcut) return told;
  const Tensor untold = velocity(x, at, {no_condition_.expand_as(c.features), {}}, c.mask);
  return untold + (told - untold) * guidance;
}

Tensor FlowGenerator::solve(Tensor x, const Context& c, const Sampling& sampling) {
  const auto all_rows = [&](double value) { return torch::full({x.size(0)}, value, x.options()); };
  for (int64_t step = 0; step < sampling.steps; ++step) {
    const double t = time_of(step, sampling), dt = time_of(step + 1, sampling) - t;
    const Place here = {all_rows(t), all_rows(dt), all_rows(sampling.guidance)};
    const Tensor moving = guided_velocity(x, here, c, sampling.guidance);
    if (sampling.solver != "midpoint") {
      x = x + moving * dt;
      continue;
    }
    const Place half_way = {all_rows(t + dt / 2), here.step, here.guidance};
    x = x + guided_velocity(x + moving * (dt / 2), half_way, c, sampling.guidance) * dt;
  }
  return x;
}

std::vector<std::string> FlowGenerator::options() const {
  if (options_.shortcut) return {"steps", "temperature", "guidance", "snap"};
  return {"steps", "solver", "sway", "temperature", "guidance", "snap"};
}

// Six guided steps, twelve evaluations, are understood better than ten or twenty unguided ones
// (docs/generators.md).
Sampling FlowGenerator::defaults() const {
  Sampling s;
  s.steps = options_.shortcut ? 2 : 6;
  s.guidance = 1.5;
  return s;
}

Generation FlowGenerator::generate(const Condition& condition,
                                   const Sampling& sampling,
                                   const FrameSink& sink) {
  torch::NoGradGuard no_grad;
  if (options_.shortcut && !(sampling.guidance >= 1 && sampling.guidance <= kMostGuidance)) {
    fail(ErrorCode::kUsage,
         "guidance is ",
         sampling.guidance,
         "; this flow has learnt to follow 1 to ",
         kMostGuidance);
  }
  Context c = context(condition);
  if (known_ && condition.known_mask.defined()) {
    c.features = c.features + told_frames(to_path(condition.known_latents),
                                          condition.known_mask.unsqueeze(2).to(c.mask.dtype()));
  }
  // A temperature below one starts nearer the centre of the noise and so ends nearer the mode.
  Tensor x = initial_noise(sampling, c.mean.size(0), c.mean.size(1), width(), c.mean) *
             sampling.temperature;
  x = solve(x, c, sampling);
  Generation out;
  out.latents = keep_known(from_path(x), condition) * c.mask;
  out.frame_lengths = c.lengths;
  out.durations = condition.durations;
  if (sink && !sink(out.latents, 0)) out.stop = StopReason::kCancelled;
  return out;
}

}  // namespace tts
