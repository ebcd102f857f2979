#include "acoustic/two_stage/two_stage.h"

#include <algorithm>

#include "acoustic/known_frames.h"
#include "acoustic/tokens/level_writer.h"
#include "acoustic/tokens/unmasking.h"
#include "core/error.h"

namespace tts {
namespace {

constexpr double kSpreadFrames = 10;

SemanticNetworkOptions semantic_options(const TwoStageOptions& o, const FrameEncoderOptions& e) {
  SemanticNetworkOptions n;
  n.entries = o.semantic_entries;
  n.channels = o.semantic_channels;
  n.heads = o.heads;
  n.blocks = o.semantic_blocks;
  n.dropout = o.dropout;
  n.text = e.channels;
  n.speaker_vector = e.speaker_vector;
  n.known = o.table.embedding;
  return n;
}

LevelNetworkOptions level_options(const TwoStageOptions& o) {
  LevelNetworkOptions n;
  n.channels = o.channels;
  n.blocks = o.blocks;
  n.dropout = o.dropout;
  n.code_noise = o.code_noise;
  return n;
}

Tensor frame_mask(const Tensor& lengths, int64_t frames) {  // → [B, T, 1] float
  return length_mask(lengths, frames).unsqueeze(2).to(torch::kFloat);
}

}  // namespace

TwoStageOptions TwoStageOptions::from(Config& c) {
  TwoStageOptions o;
  o.table = CodeTableOptions::from(c);
  o.semantic_entries = c.integer("semantic_entries", 2, 65536);
  o.semantic_channels = c.integer("semantic_channels", 4, 4096);
  o.semantic_blocks = c.integer("semantic_blocks", 1, 64);
  o.heads = c.integer("heads", 1, 64);
  o.condition_blocks = c.integer("condition_blocks", 0, 64);
  o.channels = c.integer("channels", 4, 4096);
  o.blocks = c.integer("blocks", 0, 64);
  o.dropout = c.number("dropout", 0, 0.9);
  o.condition_dropout = c.number("condition_dropout", 0, 0.9);
  o.code_noise = c.number("code_noise", 0, 0.9);
  if (o.semantic_channels % (2 * o.heads) != 0) {
    fail(ErrorCode::kVoice,
         c.where(),
         ": \"semantic_channels\" is ",
         o.semantic_channels,
         "; it must be a multiple of twice \"heads\", ",
         2 * o.heads);
  }
  return o;
}

nlohmann::json TwoStageGenerator::to_json() const {
  nlohmann::json json = {{"type", "two_stage"},
                         {"semantic_entries", options_.semantic_entries},
                         {"semantic_channels", options_.semantic_channels},
                         {"semantic_blocks", options_.semantic_blocks},
                         {"heads", options_.heads},
                         {"condition_blocks", options_.condition_blocks},
                         {"channels", options_.channels},
                         {"blocks", options_.blocks},
                         {"dropout", options_.dropout},
                         {"condition_dropout", options_.condition_dropout},
                         {"code_noise", options_.code_noise}};
  options_.table.write(json);
  return json;
}

TwoStageGenerator::TwoStageGenerator(const TwoStageOptions& o,
                                     std::shared_ptr<FrameEncoder> frame_encoder)
    : options_(o),
      frame_encoder_(std::move(frame_encoder)),
      semantic_(register_module("semantic",
                                SemanticNetwork(semantic_options(o, frame_encoder_->options())))),
      table_(register_module("table", CodeTable(o.table, o.channels))),
      token_(register_module("token", torch::nn::Embedding(o.semantic_entries, o.channels))),
      condition_(register_module(
          "condition",
          TokenCondition(TokenConditionOptions{o.channels, o.condition_blocks, o.dropout},
                         o.channels))),
      network_(register_module("network", LevelNetwork(level_options(o), table_))) {
  const int64_t vector = frame_encoder_->options().speaker_vector;
  if (vector > 0) speaker_ = register_module("speaker", torch::nn::Linear(vector, o.channels));
}

Sampling TwoStageGenerator::defaults() const {
  Sampling s;
  s.steps = 16;
  s.level_steps = {8, 4, 2, 1};
  s.level_steps.resize(std::min<size_t>(s.level_steps.size(), options_.table.codebooks));
  s.temperature = 0.7;
  s.fine_temperature = 0.4;
  s.guidance = 1.5;
  return s;
}

std::vector<std::string> TwoStageGenerator::options() const {
  return unmasking_options();
}

SemanticNetworkImpl::Told TwoStageGenerator::told_of(const Condition& condition,
                                                     const Tensor& frame_lengths) {
  Told told;
  told.text = frame_encoder_->encode_text(condition);
  told.symbol_lengths = condition.symbol_lengths;
  told.frame_lengths = frame_lengths;
  told.speakers = condition.speakers;
  return told;
}

Tensor TwoStageGenerator::known_of(const Tensor& codes, const Tensor& given) const {
  const Tensor known = codes.masked_fill(~given.unsqueeze(2), table_->unknown());
  return table_->sum(known) * given.unsqueeze(2);
}

Tensor TwoStageGenerator::told_tokens(const Condition& condition,
                                      const Tensor& tokens,
                                      const Tensor& mask) {
  FrameEncoder::Output frames;
  frames.features = token_(tokens);
  if (speaker_) frames.features = frames.features + speaker_(condition.speakers).mean(1, true);
  frames.features = frames.features * mask;
  frames.mask = mask;
  return condition_(frames);
}

Tensor TwoStageGenerator::write_semantic(const Told& told,
                                         int64_t frames,
                                         const Sampling& sampling,
                                         uint32_t& draws) {
  UnmaskingPlan plan;
  plan.steps = sampling.steps;
  plan.unknown = semantic_->unknown();
  plan.temperature = sampling.temperature;
  Told untold = told;
  untold.without_text = torch::ones_like(told.symbol_lengths, torch::kBool);
  plan.predict = [&](const Tensor& tokens, double guidance) {
    const Tensor with = semantic_->forward(told, tokens).log_probabilities;
    if (guidance == 1.0) return with;
    return guided(with, semantic_->forward(untold, tokens).log_probabilities, guidance);
  };
  const Tensor unknown =
      torch::full({told.text.size(0), frames}, plan.unknown, told.symbol_lengths.options());
  return unmask(unknown, length_mask(told.frame_lengths, frames), plan, sampling, draws);
}

Generation TwoStageGenerator::generate(const Condition& condition,
                                       const Sampling& sampling,
                                       const FrameSink& sink) {
  torch::NoGradGuard no_grad;
  Generation out;
  out.frame_lengths =
      condition.total_frames.defined() ? condition.total_frames : condition.durations.sum(1);
  const int64_t frames = out.frame_lengths.max().item<int64_t>();
  Told told = told_of(condition, out.frame_lengths);
  if (condition.known_mask.defined())
    told.known = known_of(condition.known_codes, condition.known_mask);
  LevelPlan plan;
  const Tensor tokens = write_semantic(told, frames, sampling, plan.first_draw);
  out.durations = durations_along(
      semantic_->forward(told, tokens).attention, out.frame_lengths, condition.symbol_lengths);
  LevelNetworkImpl::Frames f;
  f.mask = frame_mask(out.frame_lengths, frames);
  f.told = told_tokens(condition, tokens, f.mask);
  f.codes = known_codes_or(
      condition,
      torch::full(
          {tokens.size(0), frames, options_.table.codebooks}, table_->unknown(), tokens.options()));
  if (condition.known_mask.defined())
    f.told = f.told + network_->given(condition.known_codes, condition.known_mask);
  plan.steps = steps_per_level(sampling.level_steps, sampling.steps, options_.table.codebooks);
  out.codes = write_levels(*network_, f, condition_->untold(f.mask), plan, sampling);
  if (sink && !sink(out.codes, 0)) out.stop = StopReason::kCancelled;
  return out;
}

Losses TwoStageGenerator::semantic_loss(const Told& told, const Tensor& tokens) {
  const auto numbers = told.text.options();
  const int64_t rows = tokens.size(0);
  const Tensor masked = (torch::rand(tokens.sizes(), numbers) < masked_share(rows, numbers)) &
                        length_mask(told.frame_lengths, tokens.size(1));
  Told dropped = told;
  dropped.without_text = torch::rand({rows}, numbers) < options_.condition_dropout;
  const Tensor seen = with_wrong_codes(tokens, options_.code_noise, options_.semantic_entries)
                          .masked_fill(masked, semantic_->unknown());
  const Tensor predicted = semantic_->forward(dropped, seen).log_probabilities;
  const Tensor counted = masked.to(predicted.dtype()), count = counted.sum().clamp_min(1);
  const Tensor entropy = -predicted.gather(2, tokens.unsqueeze(2)).squeeze(2);
  const Tensor right = (predicted.detach().argmax(2) == tokens).to(predicted.dtype());
  const Tensor total = (entropy * counted).sum() / count;
  return {{"total", total},
          {"semantic_entropy", total.detach()},
          {"semantic_accuracy", (right * counted).sum() / count}};
}

// How far the symbols are expected from where the recordings have them, in tens of frames.
Tensor TwoStageGenerator::spread_loss(const Told& told, const Tensor& durations) {
  const Tensor middles = durations.cumsum(1) - durations / 2.0;
  const Tensor counted = length_mask(told.symbol_lengths, durations.size(1)).to(told.text.dtype());
  const Tensor off = torch::smooth_l1_loss(semantic_->centres(told) / kSpreadFrames,
                                           middles.to(told.text.dtype()) / kSpreadFrames,
                                           torch::Reduction::None);
  return (off * counted).sum() / counted.sum();
}

Losses TwoStageGenerator::acoustic_loss(const Batch& batch,
                                        const Tensor& mask,
                                        const Tensor& given) {
  const int64_t rows = batch.codes.size(0), frames = batch.codes.size(1);
  const Tensor seen =
      with_wrong_codes(batch.semantic, options_.code_noise, options_.semantic_entries);
  const Tensor told =
      told_tokens(batch.condition, seen, mask) + network_->given(batch.codes, given);
  const Tensor masked = network_->random_mask(masked_share(rows, told.options()), frames) & ~given;
  return network_->loss(
      {condition_->drop(told, mask, options_.condition_dropout), mask, batch.codes},
      network_->draw_levels(rows, told),
      masked);
}

Losses TwoStageGenerator::loss(const Batch& batch) {
  if (!batch.semantic.defined())
    fail(ErrorCode::kUsage, "generator two_stage learns from semantic tokens: give --semantic");
  const int64_t largest = batch.semantic.max().item<int64_t>();
  if (largest >= options_.semantic_entries) {
    fail(ErrorCode::kUsage,
         "generator two_stage has ",
         options_.semantic_entries,
         " semantic tokens; the recordings have ",
         largest + 1,
         " or more");
  }
  const Tensor mask = frame_mask(batch.frame_lengths, batch.codes.size(1));
  const Tensor given = random_known(batch.frame_lengths, batch.codes.size(1), mask).squeeze(2) > 0;
  Told told = told_of(batch.condition, batch.frame_lengths);
  told.known = known_of(batch.codes, given);
  Losses out = acoustic_loss(batch, mask, given);
  const Tensor spread = spread_loss(told, batch.condition.durations);
  out["total"] = out["total"] + spread;
  out["spread"] = spread.detach();
  for (const auto& [name, value] : semantic_loss(told, batch.semantic)) {
    Tensor& sum = out[name];
    sum = sum.defined() ? sum + value : value;
  }
  return out;
}

}  // namespace tts
