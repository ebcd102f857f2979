#include "acoustic/autoregressive/autoregressive.h"

#include "acoustic/flow/flow.h"
#include "acoustic/masked/level_writer.h"
#include "acoustic/token_sampling.h"

namespace tts {
namespace {

// Frames that leave together: the vocoder works on no fewer.
constexpr int64_t kChunkFrames = 5;
// Where a code is to be drawn, among codes that are known.
constexpr int64_t kFree = -1;
// The draws of the levels that follow the trunk's, beyond those of its steps.
constexpr uint32_t kRefineDraws = 1u << 24;

// Steps at the beginning that hold nothing to draw in any row. forced: [B, S, L]
int64_t leading_forced(const Tensor& forced) {
  const Tensor open = (forced == kFree).flatten(2).any(2).any(0);  // [S]
  const Tensor first = open.to(torch::kLong).cumsum(0);
  return (first == 0).sum().item<int64_t>();
}

}  // namespace

AutoregressiveOptions AutoregressiveOptions::from(Config& c) {
  AutoregressiveOptions o;
  o.table = CodeTableOptions::from(c);
  o.order = c.choice("order", token_order_names());
  o.condition_blocks = c.integer("condition_blocks", 0, 64);
  o.channels = c.integer("channels", 4, 4096);
  o.heads = c.integer("heads", 1, 64);
  o.blocks = c.integer("blocks", 0, 64);
  if (o.order == "coarse_first") o.refine_blocks = c.integer("refine_blocks", 0, 64);
  o.dropout = c.number("dropout", 0, 0.9);
  o.condition_dropout = c.number("condition_dropout", 0, 0.9);
  o.code_noise = c.number("code_noise", 0, 0.9);
  o.code_mask = c.number("code_mask", 0, 0.9);
  return o;
}

nlohmann::json AutoregressiveGenerator::to_json() const {
  nlohmann::json json = {{"type", "autoregressive"},
                         {"order", options_.order},
                         {"condition_blocks", options_.condition_blocks},
                         {"channels", options_.channels},
                         {"heads", options_.heads},
                         {"blocks", options_.blocks},
                         {"dropout", options_.dropout},
                         {"condition_dropout", options_.condition_dropout},
                         {"code_noise", options_.code_noise},
                         {"code_mask", options_.code_mask}};
  if (refine_) json["refine_blocks"] = options_.refine_blocks;
  options_.table.write(json);
  return json;
}

AutoregressiveGenerator::AutoregressiveGenerator(const AutoregressiveOptions& o,
                                                 std::shared_ptr<FrameEncoder> frame_encoder)
    : options_(o),
      order_(token_order(o.order)),
      frame_encoder_(std::move(frame_encoder)),
      condition_(register_module(
          "condition",
          TokenCondition(TokenConditionOptions{o.channels, o.condition_blocks, o.dropout},
                         frame_encoder_->options().channels))),
      table_(register_module("table", CodeTable(o.table, o.channels))),
      input_(register_module("input", torch::nn::Linear(o.table.embedding, o.channels))),
      trunk_(register_module(
          "trunk",
          CausalTrunk(TransformerOptions{o.channels, o.heads, 3 * o.channels, o.dropout},
                      o.blocks))) {
  const int64_t written = order_.trunk_levels(o.table.codebooks);
  if (written == o.table.codebooks) return;
  const LevelNetworkOptions rest{o.channels, o.refine_blocks, o.dropout, o.code_noise, written};
  refine_ = register_module("refine", LevelNetwork(rest, table_));
}

Sampling AutoregressiveGenerator::defaults() const {
  Sampling s;
  s.temperature = 0.8;
  return s;
}

Tensor AutoregressiveGenerator::trunk_codes(const Tensor& codes, int64_t absent) const {
  return order_.interleave(codes, absent)
      .slice(1, 0, order_.trunk_steps(codes.size(1), codes.size(2)))
      .slice(2, 0, order_.trunk_levels(codes.size(2)));
}

Tensor AutoregressiveGenerator::at_steps(const Tensor& told) const {
  const int64_t steps = order_.trunk_steps(told.size(1), options_.table.codebooks);
  return torch::constant_pad_nd(told, {0, 0, 0, steps - told.size(1)});
}

struct AutoregressiveGenerator::Writing {
  Tensor told;     // [B, S, C]; with guidance the rows come twice, the second time untold
  Tensor forced;   // [B, S, L] codes that are known, unknown() where there is none, or kFree
  Tensor written;  // [B, S, L]
  TrunkState state;
};

AutoregressiveGenerator::Writing AutoregressiveGenerator::begin(const LevelNetworkImpl::Frames& f,
                                                                const Sampling& sampling) const {
  Writing w;
  w.told = at_steps(sampling.guidance == 1.0 ? f.told
                                             : torch::cat({f.told, condition_->untold(f.mask)}));
  w.forced = trunk_codes(f.codes, table_->unknown());
  w.written = torch::full_like(w.forced, table_->unknown());
  w.state = trunk_->new_state(w.forced.size(1));
  return w;
}

Tensor AutoregressiveGenerator::hidden_at(Writing& w, int64_t begin, int64_t end) {
  Tensor before = w.written.slice(1, std::max<int64_t>(0, begin - 1), end - 1);
  if (begin == 0) before = torch::constant_pad_nd(before, {0, 0, 1, 0}, table_->unknown());
  if (w.told.size(0) > before.size(0)) before = torch::cat({before, before});
  return trunk_->step(w.told.slice(1, begin, end) + input_(table_->sum(before)), w.state);
}

StopReason AutoregressiveGenerator::write(Writing& w,
                                          const Sampling& sampling,
                                          const FrameSink& sink) {
  const int64_t steps = w.written.size(1), levels = w.written.size(2);
  int64_t handed_out = 0;
  const auto hand_out = [&](int64_t done, int64_t fewest) {
    const int64_t whole = order_.whole_frames(done, options_.table.codebooks);
    if (!sink || whole - handed_out < fewest) return true;
    const Tensor ready = order_.restore(w.written.slice(1, handed_out, done));
    const int64_t first = handed_out;
    handed_out = whole;
    return sink(ready.slice(1, 0, whole - first), first);
  };
  // A prompt is read at once.
  const int64_t known = leading_forced(w.forced);
  w.written.slice(1, 0, known).copy_(w.forced.slice(1, 0, known));
  if (known > 0) hidden_at(w, 0, known);
  for (int64_t step = known; step < steps; ++step) {
    Tensor told = table_->predict_first(hidden_at(w, step, step + 1), levels).squeeze(1);
    if (sampling.guidance != 1.0)
      told = guided(told.chunk(2)[0], told.chunk(2)[1], sampling.guidance);
    // A draw per step, a "frame" of it per level.
    const Draw draw = draw_codes(told, sampling.temperature, sampling, static_cast<uint32_t>(step));
    const Tensor forced = w.forced.select(1, step);
    w.written.select(1, step).copy_(torch::where(forced == kFree, draw.codes, forced));
    if (!hand_out(step + 1, kChunkFrames)) return StopReason::kCancelled;
  }
  return hand_out(steps, 1) ? StopReason::kComplete : StopReason::kCancelled;
}

Tensor AutoregressiveGenerator::refine(const LevelNetworkImpl::Frames& frames,
                                       const Condition& condition,
                                       const Sampling& sampling) {
  LevelNetworkImpl::Frames f = frames;
  const Tensor untold = condition_->untold(f.mask);
  if (condition.known_mask.defined())
    f.told = f.told + refine_->given(condition.known_codes, condition.known_mask);
  LevelPlan plan;
  plan.first_level = order_.trunk_levels(options_.table.codebooks);
  plan.steps.assign(options_.table.codebooks, 1);
  plan.first_draw = kRefineDraws;
  return write_levels(*refine_, f, untold, plan, sampling);
}

Generation AutoregressiveGenerator::generate(const Condition& condition,
                                             const Sampling& sampling,
                                             const FrameSink& sink) {
  torch::NoGradGuard no_grad;
  const auto frames = frame_encoder_->forward(condition);
  const Tensor told = condition_(frames);
  const int64_t rows = told.size(0), longest = told.size(1), levels = options_.table.codebooks;
  const Tensor beyond = (frames.mask == 0).expand({-1, -1, levels});
  const Tensor free = torch::full({rows, longest, levels}, kFree, frames.lengths.options());
  const Tensor codes =
      known_codes_or(condition, free).masked_fill(beyond, table_->unknown());  // [B, T, Q]
  Writing w = begin({told, frames.mask, codes}, sampling);
  Generation out;
  out.stop = write(w, sampling, sink);
  out.frame_lengths = frames.lengths;
  out.durations = condition.durations;
  if (refine_) {
    const Tensor rest = codes.slice(2, w.written.size(2));
    const Tensor open = rest.masked_fill(rest == kFree, table_->unknown());
    out.codes = refine({told, frames.mask, torch::cat({w.written, open}, 2)}, condition, sampling);
    if (sink && !sink(out.codes, 0)) out.stop = StopReason::kCancelled;
  } else {
    out.codes = order_.restore(w.written);
    out.codes = out.codes.masked_fill(out.codes == table_->unknown(), 0);
  }
  return out;
}

Losses AutoregressiveGenerator::trunk_loss(const Tensor& told,
                                           const Tensor& codes,
                                           const Tensor& valid) {
  const auto numbers = told.options();
  const int64_t unknown = table_->unknown();
  // What came before, some of it wrong and some of it hidden, or it would be believed too much.
  const Tensor hidden =
      torch::rand({codes.size(0), codes.size(1), 1}, numbers) < options_.code_mask;
  const Tensor history = trunk_codes(
      with_wrong_codes(codes, options_.code_noise, unknown).masked_fill(hidden | ~valid, unknown),
      unknown);
  const Tensor before =
      torch::constant_pad_nd(history.slice(1, 0, history.size(1) - 1), {0, 0, 1, 0}, unknown);
  const Tensor x = trunk_(at_steps(told) + input_(table_->sum(before)));
  const Tensor truth = trunk_codes(codes, 0);
  const Tensor counted =
      trunk_codes(valid.expand_as(codes).to(torch::kLong), 0).to(numbers.dtype());
  const Tensor predicted = table_->predict_first(x, truth.size(2));
  const Tensor entropy = -predicted.gather(3, truth.unsqueeze(3)).squeeze(3) * counted;
  const Tensor right = (predicted.detach().argmax(3) == truth).to(numbers.dtype()) * counted;
  const Tensor by_level = entropy.flatten(0, 1).sum(0) / valid.sum().clamp_min(1);  // [L]
  return {{"total", (by_level * level_weights(truth.size(2), told)).sum()},
          {"entropy", by_level.mean().detach()},
          {"entropy_first", by_level[0].detach()},
          {"accuracy_first", right.select(2, 0).sum() / valid.sum().clamp_min(1)}};
}

Losses AutoregressiveGenerator::loss(const Batch& batch) {
  const auto frames = frame_encoder_->forward(batch.condition);
  const Tensor told = condition_(frames);
  Losses losses = trunk_loss(condition_->drop(told, frames.mask, options_.condition_dropout),
                             batch.codes,
                             frames.mask > 0);
  if (!refine_) return losses;
  const Tensor given = random_known(frames.lengths, told.size(1), told).squeeze(2) > 0;
  const Tensor condition = condition_->drop(
      told + refine_->given(batch.codes, given), frames.mask, options_.condition_dropout);
  const Losses rest = refine_->loss(
      {condition, frames.mask, batch.codes}, refine_->draw_levels(told.size(0), told), ~given);
  losses["total"] = losses["total"] + rest.at("total");
  losses["entropy_rest"] = rest.at("entropy");
  return losses;
}

}  // namespace tts
