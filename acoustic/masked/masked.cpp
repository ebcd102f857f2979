#include "acoustic/masked/masked.h"

#include "acoustic/known_frames.h"
#include "acoustic/tokens/level_writer.h"
#include "acoustic/tokens/unmasking.h"
#include "core/error.h"

namespace tts {

namespace {

LevelNetworkOptions network_options(const MaskedOptions& o) {
  LevelNetworkOptions n;
  n.channels = o.channels;
  n.blocks = o.blocks;
  n.dropout = o.dropout;
  n.code_noise = o.code_noise;
  n.span = o.span;
  n.fine_blocks = o.fine_blocks;
  return n;
}

}  // namespace

MaskedOptions MaskedOptions::from(Config& c) {
  MaskedOptions o;
  o.table = CodeTableOptions::from(c);
  o.condition_blocks = c.integer("condition_blocks", 0, 64);
  o.channels = c.integer("channels", 4, 4096);
  o.blocks = c.integer("blocks", 0, 64);
  o.dropout = c.number("dropout", 0, 0.9);
  o.condition_dropout = c.number("condition_dropout", 0, 0.9);
  o.code_noise = c.number("code_noise", 0, 0.9);
  if (c.has("span")) o.span = c.integer("span", 1, 50);
  if (c.has("fine_blocks")) o.fine_blocks = c.integer("fine_blocks", -1, 64);
  return o;
}

nlohmann::json MaskedGenerator::to_json() const {
  nlohmann::json json = {{"type", "masked"},
                         {"condition_blocks", options_.condition_blocks},
                         {"channels", options_.channels},
                         {"blocks", options_.blocks},
                         {"dropout", options_.dropout},
                         {"condition_dropout", options_.condition_dropout},
                         {"code_noise", options_.code_noise},
                         {"span", options_.span},
                         {"fine_blocks", options_.fine_blocks}};
  options_.table.write(json);
  return json;
}

MaskedGenerator::MaskedGenerator(const MaskedOptions& o,
                                 std::shared_ptr<FrameEncoder> frame_encoder)
    : options_(o),
      frame_encoder_(std::move(frame_encoder)),
      condition_(register_module(
          "condition",
          TokenCondition(TokenConditionOptions{o.channels, o.condition_blocks, o.dropout},
                         frame_encoder_->options().channels))),
      table_(register_module("table", CodeTable(o.table, o.channels))),
      network_(register_module("network", LevelNetwork(network_options(o), table_))) {}

Sampling MaskedGenerator::defaults() const {
  Sampling s;
  s.steps = 8;
  s.temperature = 0.7;
  s.fine_temperature = 0.4;
  s.guidance = 1.5;
  return s;
}

std::vector<std::string> MaskedGenerator::options() const {
  std::vector<std::string> names = unmasking_options();
  if (judge_) names.push_back("rescore");
  return names;
}

Generation MaskedGenerator::generate(const Condition& condition,
                                     const Sampling& sampling,
                                     const FrameSink& sink) {
  torch::NoGradGuard no_grad;
  const auto frames = frame_encoder_->forward(condition);
  LevelNetworkImpl::Frames f{condition_(frames), frames.mask, {}};
  const Tensor untold = condition_->untold(f.mask);
  f.codes = known_codes_or(condition,
                           torch::full({f.told.size(0), f.told.size(1), options_.table.codebooks},
                                       table_->unknown(),
                                       frames.lengths.options()));
  if (condition.known_mask.defined())
    f.told = f.told + network_->given(condition.known_codes, condition.known_mask);
  LevelPlan plan;
  if (sampling.rescore > 0) {
    plan.judge = judge_().scorer(condition);
    if (!plan.judge)
      fail(ErrorCode::kUsage, "rescore: this voice's autoregressive generator cannot score codes");
  }
  plan.steps = steps_per_level(sampling.level_steps, sampling.steps, options_.table.codebooks);
  Generation out;
  out.codes = write_levels(*network_, f, untold, plan, sampling);
  out.frame_lengths = frames.lengths;
  out.durations = condition.durations;
  if (sink && !sink(out.codes, 0)) out.stop = StopReason::kCancelled;
  return out;
}

Losses MaskedGenerator::loss(const Batch& batch) {
  const auto frames = frame_encoder_->forward(batch.condition);
  const int64_t rows = batch.codes.size(0), longest = batch.codes.size(1);
  const Tensor given =
      random_known(frames.lengths, longest, frames.features).squeeze(2) > 0;  // [B, T]
  const Tensor told = condition_(frames) + network_->given(batch.codes, given);
  const Tensor masked = network_->random_mask(masked_share(rows, told.options()), longest) & ~given;
  return network_->loss(
      {condition_->drop(told, frames.mask, options_.condition_dropout), frames.mask, batch.codes},
      network_->draw_levels(rows, told),
      masked);
}

}  // namespace tts
