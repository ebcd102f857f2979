#include "acoustic/autoregressive/autoregressive.h"

#include "acoustic/autoregressive/writing.h"
#include "acoustic/tokens/token_sampling.h"
#include "core/error.h"

namespace tts {
namespace {

// Frames that leave together: the vocoder works on no fewer.
constexpr int64_t kChunkFrames = 5;
// Frames of the first level that the levels above it take in together.
constexpr int64_t kCascadeFrames = 25;

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
  if (o.order == "dual") o.chain_blocks = c.integer("chain_blocks", 0, 64);
  o.dropout = c.number("dropout", 0, 0.9);
  o.condition_dropout = c.number("condition_dropout", 0, 0.9);
  o.code_noise = c.number("code_noise", 0, 0.9);
  o.code_mask = c.number("code_mask", 0, 0.9);
  if (c.has("merged")) o.merged = c.integer("merged", 1, 8);
  if (c.has("pointer")) o.pointer = c.boolean("pointer");
  if ((o.pointer || o.merged > 1) && o.order != "coarse_first")
    fail(ErrorCode::kVoice,
         c.where(),
         ": pointer and merged are of the order coarse_first; order is ",
         o.order);
  if (o.merged > 1 && o.table.codebooks == 1)
    fail(ErrorCode::kVoice, c.where(), ": merged needs levels above the first");
  if (o.pointer && o.merged > 1)
    fail(ErrorCode::kVoice, c.where(), ": merged frames have no pointer: it goes frame by frame");
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
  if (options_.order == "coarse_first") json["refine_blocks"] = options_.refine_blocks;
  if (chain_) json["chain_blocks"] = options_.chain_blocks;
  if (options_.merged > 1) json["merged"] = options_.merged;
  if (pointer_) json["pointer"] = true;
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
  if (order_.chains_levels()) {
    chain_ = register_module("chain", LevelChain(o.channels, o.chain_blocks, o.dropout, table_));
  }
  if (o.pointer) pointer_ = register_module("pointer", Pointer(o.channels));
  const int64_t written = order_.trunk_levels(o.table.codebooks);
  if (written == o.table.codebooks) return;
  const LevelNetworkOptions rest{o.channels, o.refine_blocks, o.dropout, o.code_noise, written};
  refine_ = register_module("refine", LevelNetwork(rest, table_));
}

std::vector<std::string> AutoregressiveGenerator::options() const {
  std::vector<std::string> names = {"temperature",
                                    "fine-temperature",
                                    "top-k",
                                    "top-p",
                                    "repetition-window",
                                    "repetition-share",
                                    "guidance"};
  if (pointer_) names.insert(names.end(), {"pointer", "pointer-temperature"});
  return names;
}

Sampling AutoregressiveGenerator::defaults() const {
  Sampling s;
  s.temperature = 0.7;
  s.fine_temperature = 0.4;
  s.guidance = 1.5;
  s.pointer_temperature = 0.5;
  return s;
}

Tensor AutoregressiveGenerator::trunk_codes(const Tensor& codes, int64_t absent) const {
  return order_.interleave(codes, absent)
      .slice(1, 0, order_.trunk_steps(codes.size(1), codes.size(2)), options_.merged)
      .slice(2, 0, order_.trunk_levels(codes.size(2)));
}

Tensor AutoregressiveGenerator::one_step_before(const Tensor& codes) const {
  return torch::constant_pad_nd(
      codes.slice(1, 0, codes.size(1) - 1), {0, 0, 1, 0}, table_->unknown());
}

int64_t AutoregressiveGenerator::steps_of(int64_t frames) const {
  const int64_t steps = order_.trunk_steps(frames, options_.table.codebooks);
  return (steps + options_.merged - 1) / options_.merged;
}

Tensor AutoregressiveGenerator::at_steps(const Tensor& told, const Tensor& mask) const {
  const int64_t steps = steps_of(told.size(1)), merged = options_.merged;
  if (merged > 1) {
    const auto sums = [&](const Tensor& x) {
      const Tensor whole = torch::constant_pad_nd(x, {0, 0, 0, steps * merged - x.size(1)});
      return whole.view({x.size(0), steps, merged, x.size(2)}).sum(2);
    };
    const Tensor count = sums(mask).clamp_min(1);
    return sums(told) / count.repeat({told.size(0) / mask.size(0), 1, 1});
  }
  return torch::constant_pad_nd(told, {0, 0, 0, steps - told.size(1)});
}

AutoregressiveGenerator::Writing AutoregressiveGenerator::begin(const LevelNetworkImpl::Frames& f,
                                                                const Sampling& sampling) const {
  Writing w;
  w.told = at_steps(
      sampling.guidance == 1.0 ? f.told : torch::cat({f.told, condition_->untold(f.mask)}), f.mask);
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

Tensor AutoregressiveGenerator::codes_at(const Writing& w,
                                         int64_t step,
                                         const Tensor& hidden,
                                         const Sampling& s) {
  const int64_t levels = w.written.size(2);
  Tensor told = table_->predict_first(hidden, levels).squeeze(1);  // [R, L, entries]
  if (s.guidance != 1.0) told = guided(told.chunk(2)[0], told.chunk(2)[1], s.guidance);
  std::vector<double> temperatures;
  for (int64_t q = 0; q < levels; ++q) temperatures.push_back(temperature_of(s, q));
  // A draw per step, a "frame" of it per level.
  const Tensor drawn =
      draw_codes(told, temperatures, s, {static_cast<uint32_t>(step)}, w.written.slice(1, 0, step))
          .codes;
  const Tensor forced = w.forced.select(1, step);
  return torch::where(forced == kFree, drawn, forced);
}

Tensor AutoregressiveGenerator::chained_codes_at(const Writing& w,
                                                 int64_t step,
                                                 const Tensor& hidden,
                                                 const Sampling& s) {
  const int64_t levels = w.written.size(2), copies = hidden.size(0) / w.written.size(0);
  Tensor codes = w.forced.select(1, step).slice(1, 0, 0);  // [B, 0]
  for (int64_t q = 0; q < levels; ++q) {
    Tensor told = chain_->predict(hidden.squeeze(1), codes.repeat({copies, 1}));
    if (copies > 1) told = guided(told.chunk(2)[0], told.chunk(2)[1], s.guidance);
    const Draw draw = draw_codes(told.unsqueeze(1),
                                 {temperature_of(s, q)},
                                 s,
                                 {static_cast<uint32_t>(step * levels + q)},
                                 w.written.slice(1, 0, step).slice(2, q, q + 1));
    const Tensor forced = w.forced.select(1, step).slice(1, q, q + 1);
    codes = torch::cat({codes, torch::where(forced == kFree, draw.codes, forced)}, 1);
  }
  return codes;
}

// Frames whose last level is written when the trunk has done so many steps.
int64_t AutoregressiveGenerator::whole_frames(Writing& w, int64_t done) {
  if (!w.rest) return order_.whole_frames(done, options_.table.codebooks);
  const bool all = done == w.written.size(1);
  const int64_t frames = all ? w.rest->codes().size(1) : done * options_.merged;
  const int64_t fed = w.rest->fed(), waiting = frames - fed;
  if (waiting >= kCascadeFrames || (waiting > 0 && all)) {
    const Tensor first = w.written.slice(1, fed / options_.merged, done);
    w.rest->feed(first.repeat_interleave(options_.merged, 1).slice(1, 0, waiting));
  }
  return w.rest->ready();
}

// What is written of the frames begin … end - 1. → [B, end - begin, Q]
Tensor AutoregressiveGenerator::frames_of(const Writing& w, int64_t begin, int64_t end) const {
  const int64_t behind = begin + order_.trunk_steps(end - begin, options_.table.codebooks);
  const Tensor codes = w.rest                   ? w.rest->codes().slice(1, begin, end)
                       : w.written.size(2) == 1 ? w.written.slice(1, begin, end)
                                                : order_.restore(w.written.slice(1, begin, behind));
  return codes.masked_fill(codes == table_->unknown(), 0);
}

StopReason AutoregressiveGenerator::write(Writing& w,
                                          const Sampling& sampling,
                                          const FrameSink& sink) {
  const int64_t steps = w.written.size(1);
  int64_t handed_out = 0;
  const auto hand_out = [&](int64_t done, int64_t fewest) {
    const int64_t whole = whole_frames(w, done);
    if (!sink || whole - handed_out < fewest) return true;
    const int64_t first = handed_out;
    handed_out = whole;
    return sink(frames_of(w, first, whole), first);
  };
  // A prompt is read at once.
  const int64_t known = leading_forced(w.forced);
  w.written.slice(1, 0, known).copy_(w.forced.slice(1, 0, known));
  if (known > 0) hidden_at(w, 0, known);
  for (int64_t step = known; step < steps; ++step) {
    const Tensor hidden = hidden_at(w, step, step + 1);
    w.written.select(1, step).copy_(chain_ ? chained_codes_at(w, step, hidden, sampling)
                                           : codes_at(w, step, hidden, sampling));
    if (!hand_out(step + 1, kChunkFrames)) return StopReason::kCancelled;
  }
  return hand_out(steps, 1) ? StopReason::kComplete : StopReason::kCancelled;
}

Generation AutoregressiveGenerator::generate(const Condition& condition,
                                             const Sampling& sampling,
                                             const FrameSink& sink) {
  torch::NoGradGuard no_grad;
  if (sampling.pointer && pointer_ && !condition.known_mask.defined())
    return generate_pointing(condition, sampling, sink);
  const auto frames = frame_encoder_->forward(condition);
  const Tensor told = told_as_planned(condition, frames);
  const int64_t rows = told.size(0), longest = told.size(1), levels = options_.table.codebooks;
  const Tensor beyond = (frames.mask == 0).expand({-1, -1, levels});
  const Tensor free = torch::full({rows, longest, levels}, kFree, frames.lengths.options());
  const Tensor codes =
      known_codes_or(condition, free).masked_fill(beyond, table_->unknown());  // [B, T, Q]
  Writing w = begin({told, frames.mask, codes}, sampling);
  if (refine_) w.rest = cascade({told, frames.mask, codes}, condition, sampling);
  Generation out;
  out.stop = write(w, sampling, sink);
  out.codes = frames_of(w, 0, longest);
  out.frame_lengths = frames.lengths;
  out.durations = condition.durations;
  return out;
}

std::unique_ptr<LevelCascade> AutoregressiveGenerator::cascade(
    const LevelNetworkImpl::Frames& frames, const Condition& condition, const Sampling& sampling) {
  LevelNetworkImpl::Frames f = frames;
  f.codes = f.codes.masked_fill(f.codes == kFree, table_->unknown());
  if (condition.known_mask.defined())
    f.told = f.told + refine_->given(condition.known_codes, condition.known_mask);
  return std::make_unique<LevelCascade>(*refine_, f, condition_->untold(f.mask), sampling);
}

Generator::Scorer AutoregressiveGenerator::scorer(const Condition& condition) {
  if (order_.trunk_levels(options_.table.codebooks) != 1 || options_.merged > 1) return {};
  torch::NoGradGuard no_grad;
  const Tensor told = told_as_planned(condition, frame_encoder_->forward(condition));
  return [this, told](const Tensor& codes) {
    torch::NoGradGuard no_grad;
    const Tensor first = codes.slice(2, 0, 1);
    const Tensor x = trunk_(told + input_(table_->sum(one_step_before(first))));
    const Tensor known = first.clamp_max(table_->unknown() - 1);
    return table_->predict_first(x, 1).gather(3, known.unsqueeze(3)).squeeze(3).squeeze(2);
  };
}

}  // namespace tts
