#include "acoustic/autoregressive/autoregressive.h"

#include "acoustic/token_sampling.h"

namespace tts {
namespace {

// Weights of the levels' losses fall by this factor: what is heard is decided in the first.
constexpr double kLevelWeightDecay = 0.8;
// Frames that leave together: the vocoder works on no fewer.
constexpr int64_t kChunkFrames = 5;

}  // namespace

AutoregressiveOptions AutoregressiveOptions::from(Config& c) {
  AutoregressiveOptions o;
  o.codebooks = c.integer("codebooks", 1, 64);
  o.entries = c.integer("entries", 2, 65536);
  o.embedding = c.integer("embedding", 1, 4096);
  o.channels = c.integer("channels", 4, 4096);
  o.heads = c.integer("heads", 1, 64);
  o.blocks = c.integer("blocks", 0, 64);
  o.dropout = c.number("dropout", 0, 0.9);
  o.condition_dropout = c.number("condition_dropout", 0, 0.9);
  o.code_noise = c.number("code_noise", 0, 0.9);
  o.code_mask = c.number("code_mask", 0, 0.9);
  return o;
}

nlohmann::json AutoregressiveGenerator::to_json() const {
  return {{"type", "autoregressive"},
          {"codebooks", options_.codebooks},
          {"entries", options_.entries},
          {"embedding", options_.embedding},
          {"channels", options_.channels},
          {"heads", options_.heads},
          {"blocks", options_.blocks},
          {"dropout", options_.dropout},
          {"condition_dropout", options_.condition_dropout},
          {"code_noise", options_.code_noise},
          {"code_mask", options_.code_mask}};
}

Tensor delayed(const Tensor& codes, int64_t absent) {
  const int64_t levels = codes.size(2);
  std::vector<Tensor> columns;
  for (int64_t q = 0; q < levels; ++q)
    columns.push_back(torch::constant_pad_nd(codes.select(2, q), {q, levels - 1 - q}, absent));
  return torch::stack(columns, 2);
}

Tensor undelayed(const Tensor& steps) {
  const int64_t levels = steps.size(2), frames = steps.size(1) - levels + 1;
  std::vector<Tensor> columns;
  for (int64_t q = 0; q < levels; ++q)
    columns.push_back(steps.select(2, q).slice(1, q, q + frames));
  return torch::stack(columns, 2);
}

AutoregressiveGenerator::AutoregressiveGenerator(const AutoregressiveOptions& o,
                                                 std::shared_ptr<FrameEncoder> frame_encoder)
    : options_(o),
      frame_encoder_(std::move(frame_encoder)),
      codes_(register_parameter("codes",
                                torch::randn({o.codebooks, o.entries + 1, o.embedding}) * 0.3)),
      no_condition_(register_parameter("no_condition", torch::zeros({o.channels}))),
      condition_(register_module(
          "condition", torch::nn::Linear(frame_encoder_->options().channels, o.channels))),
      input_(register_module("input", torch::nn::Linear(o.embedding, o.channels))),
      blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(
          register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))),
      output_(register_parameter(
          "output", torch::randn({o.codebooks, o.channels, o.embedding}) / std::sqrt(o.channels))),
      output_bias_(register_parameter("output_bias", torch::zeros({o.codebooks, o.entries}))) {
  const TransformerOptions block{o.channels, o.heads, 3 * o.channels, o.dropout};
  for (int64_t i = 0; i < o.blocks; ++i) blocks_->push_back(TransformerBlock(block));
}

Sampling AutoregressiveGenerator::defaults() const {
  Sampling s;
  s.temperature = 0.8;
  return s;
}

Tensor AutoregressiveGenerator::embed(const Tensor& codes) {
  const Tensor first = torch::arange(options_.codebooks, codes.options()) * (options_.entries + 1);
  return input_(torch::embedding(codes_.flatten(0, 1), codes + first).sum(2));
}

Tensor AutoregressiveGenerator::predict(const Tensor& x) {
  // [B, T, C] × [Q, C, embedding] → [Q, B T, embedding] → [Q, B T, entries]
  const Tensor flat = norm_(x).flatten(0, 1).unsqueeze(0).expand({options_.codebooks, -1, -1});
  const Tensor codes = codes_.slice(1, 0, options_.entries);
  const Tensor logits =
      torch::bmm(torch::bmm(flat, output_), codes.transpose(1, 2)) + output_bias_.unsqueeze(1);
  return torch::log_softmax(logits, 2).transpose(0, 1).reshape(
      {x.size(0), x.size(1), options_.codebooks, options_.entries});
}

Tensor AutoregressiveGenerator::at_steps(const Tensor& features) const {
  return torch::constant_pad_nd(features, {0, 0, 0, options_.codebooks - 1});
}

Generation AutoregressiveGenerator::generate(const Condition& condition,
                                             const Sampling& sampling,
                                             const FrameSink& sink) {
  torch::NoGradGuard no_grad;
  const auto frames = frame_encoder_->forward(condition);
  Tensor features = at_steps(condition_(frames.features) * frames.mask);
  const bool guided = sampling.guidance != 1.0;
  const int64_t rows = features.size(0), steps = features.size(1), levels = options_.codebooks;
  // With guidance the rows come twice, the second time untold.
  if (guided) features = torch::cat({features, no_condition_.expand_as(features)});
  const auto integers = features.options().dtype(torch::kLong);
  Tensor written = torch::full({rows, steps, levels}, options_.entries, integers);
  // Which levels of which rows have a frame at a step: what lies beyond a row's end stays unknown.
  const Tensor valid = (frames.mask > 0).expand({-1, -1, levels});
  const Tensor written_here = delayed(valid.to(torch::kLong), 0) > 0;
  std::vector<KeyValueCache> caches(blocks_->size());
  Generation out;
  int64_t handed_out = 0;
  for (int64_t step = 0; step < steps; ++step) {
    Tensor before = step == 0 ? torch::full({rows, 1, levels}, options_.entries, integers)
                              : written.slice(1, step - 1, step);
    if (guided) before = torch::cat({before, before});
    Tensor x = features.slice(1, step, step + 1) + embed(before);
    for (size_t i = 0; i < caches.size(); ++i)
      x = blocks_[i]->as<TransformerBlock>()->step(x, caches[i]);
    Tensor told = predict(x).squeeze(1);  // [B, Q, entries]
    if (guided) {
      const auto halves = told.chunk(2);
      told = torch::log_softmax(halves[1] + (halves[0] - halves[1]) * sampling.guidance, 2);
    }
    // A draw per step, a "frame" of it per level.
    const Draw draw = draw_codes(told, sampling.temperature, sampling, static_cast<uint32_t>(step));
    written.select(1, step).copy_(torch::where(
        written_here.select(1, step), draw.codes, torch::full_like(draw.codes, options_.entries)));
    const int64_t whole = step - levels + 2;  // frames with all levels
    if (sink && (whole - handed_out >= kChunkFrames || step + 1 == steps)) {
      const Tensor ready = undelayed(written.slice(1, handed_out, step + 1));
      if (!sink(ready.slice(1, 0, whole - handed_out), handed_out)) {
        out.stop = StopReason::kCancelled;
        break;
      }
      handed_out = whole;
    }
  }
  out.codes = undelayed(written).masked_fill(~valid, 0);
  out.frame_lengths = frames.lengths;
  out.durations = condition.durations;
  return out;
}

Losses AutoregressiveGenerator::loss(const Batch& batch) {
  const auto frames = frame_encoder_->forward(batch.condition);
  const auto numbers = frames.features.options();
  const int64_t rows = batch.codes.size(0);
  const Tensor drop =
      (torch::rand({rows, 1, 1}, numbers) < options_.condition_dropout).to(numbers.dtype());
  const Tensor told = condition_(frames.features) * frames.mask;
  const Tensor features = at_steps(told) * (1 - drop) + no_condition_ * drop;
  // What came before, some of it wrong and some of it hidden, or it would be believed too much.
  const Tensor valid = (frames.mask > 0).expand_as(batch.codes);
  const Tensor wrong = torch::rand(batch.codes.sizes(), numbers) < options_.code_noise;
  const Tensor other = torch::randint_like(batch.codes, options_.entries);
  const Tensor hidden = torch::rand({rows, batch.codes.size(1), 1}, numbers) < options_.code_mask;
  const Tensor history = torch::where(wrong, other, batch.codes)
                             .masked_fill(hidden.expand_as(batch.codes) | ~valid, options_.entries);
  const Tensor steps = delayed(history, options_.entries);
  const Tensor before =
      torch::constant_pad_nd(steps.slice(1, 0, steps.size(1) - 1), {0, 0, 1, 0}, options_.entries);
  Tensor x = features + embed(before);
  for (const auto& block : *blocks_) x = block->as<TransformerBlock>()->forward(x);
  const Tensor truth = delayed(batch.codes, 0);
  const Tensor counted = delayed(valid.to(torch::kLong), 0).to(numbers.dtype());
  const Tensor entropy = -predict(x).gather(3, truth.unsqueeze(3)).squeeze(3) * counted;
  const Tensor weights = torch::pow(
      kLevelWeightDecay, torch::arange(options_.codebooks, numbers.dtype(torch::kFloat)));
  const Tensor frames_count = frames.mask.sum().clamp_min(1);
  const Tensor by_level = entropy.flatten(0, 1).sum(0) / frames_count;  // [Q]
  return {{"total", (by_level * weights).sum() / weights.sum()},
          {"entropy", by_level.mean().detach()},
          {"entropy_first", by_level[0].detach()}};
}

}  // namespace tts
