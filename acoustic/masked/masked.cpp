#include "acoustic/masked/masked.h"

#include "acoustic/masked/unmasking.h"
#include "acoustic/token_sampling.h"

namespace tts {
namespace {

// Of the noise that makes the order of unmasking vary; it falls to nothing at the last step.
constexpr double kChoiceTemperature = 3;
// Levels are drawn in training with weights that fall by this factor: what is heard is decided in
// the first.
constexpr double kLevelDecay = 0.8;

Tensor gumbel(const Tensor& uniform) {
  return -torch::log(-torch::log(uniform.clamp(1e-6, 1 - 1e-6)));
}

}  // namespace

MaskedOptions MaskedOptions::from(Config& c) {
  MaskedOptions o;
  o.codebooks = c.integer("codebooks", 1, 64);
  o.entries = c.integer("entries", 2, 65536);
  o.embedding = c.integer("embedding", 1, 4096);
  o.channels = c.integer("channels", 4, 4096);
  o.blocks = c.integer("blocks", 0, 64);
  o.dropout = c.number("dropout", 0, 0.9);
  o.condition_dropout = c.number("condition_dropout", 0, 0.9);
  o.code_noise = c.number("code_noise", 0, 0.9);
  return o;
}

nlohmann::json MaskedGenerator::to_json() const {
  return {{"type", "masked"},
          {"codebooks", options_.codebooks},
          {"entries", options_.entries},
          {"embedding", options_.embedding},
          {"channels", options_.channels},
          {"blocks", options_.blocks},
          {"dropout", options_.dropout},
          {"condition_dropout", options_.condition_dropout},
          {"code_noise", options_.code_noise}};
}

MaskedGenerator::MaskedGenerator(const MaskedOptions& o,
                                 std::shared_ptr<FrameEncoder> frame_encoder)
    : options_(o),
      frame_encoder_(std::move(frame_encoder)),
      codes_(register_parameter("codes",
                                torch::randn({o.codebooks, o.entries + 1, o.embedding}) * 0.3)),
      no_condition_(register_parameter("no_condition", torch::zeros({o.channels}))),
      condition_(register_module(
          "condition", torch::nn::Linear(frame_encoder_->options().channels, o.channels))),
      below_(register_module(
          "below",
          torch::nn::Linear(torch::nn::LinearOptions(o.embedding, o.channels).bias(false)))),
      known_(register_module(
          "known",
          torch::nn::Linear(torch::nn::LinearOptions(o.embedding, o.channels).bias(false)))),
      level_(register_module("level", torch::nn::Embedding(o.codebooks, o.channels))),
      blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(
          register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))),
      output_(register_parameter(
          "output", torch::randn({o.codebooks, o.channels, o.embedding}) / std::sqrt(o.channels))),
      output_bias_(register_parameter("output_bias", torch::zeros({o.codebooks, o.entries}))) {
  ConvNeXtOptions block{o.channels, 3 * o.channels};
  block.dropout = o.dropout;
  block.condition = o.channels;
  for (int64_t i = 0; i < o.blocks; ++i) blocks_->push_back(ConvNeXtBlock(block));
}

Sampling MaskedGenerator::defaults() const {
  Sampling s;
  s.steps = 8;
  s.temperature = 0.9;
  return s;
}

Tensor MaskedGenerator::embed(const Tensor& codes, const Tensor& levels) const {
  const Tensor flat = codes + levels.unsqueeze(1) * (options_.entries + 1);
  return torch::embedding(codes_.flatten(0, 1), flat);
}

Tensor MaskedGenerator::predict(const Tensor& features,
                                const Tensor& below,
                                const Tensor& known,
                                const Tensor& levels,
                                const Tensor& mask) {
  const Tensor level = level_(levels).unsqueeze(1);  // [B, 1, C]
  Tensor x = (features + below + known_(embed(known, levels))) * mask;
  for (const auto& block : *blocks_) x = block->as<ConvNeXtBlock>()->forward(x, mask, level) * mask;
  const Tensor heads = torch::bmm(norm_(x), output_.index_select(0, levels));  // [B, T, embedding]
  const Tensor codes = codes_.index_select(0, levels).slice(1, 0, options_.entries);
  const Tensor logits =
      torch::bmm(heads, codes.transpose(1, 2)) + output_bias_.index_select(0, levels).unsqueeze(1);
  return torch::log_softmax(logits, 2);
}

Generation MaskedGenerator::generate(const Condition& condition,
                                     const Sampling& sampling,
                                     const FrameSink& sink) {
  torch::NoGradGuard no_grad;
  const auto frames = frame_encoder_->forward(condition);
  const Tensor features = condition_(frames.features);
  const int64_t rows = features.size(0), longest = features.size(1);
  const auto integers = features.options().dtype(torch::kLong);
  const Tensor valid = frames.mask.squeeze(2) > 0;  // [B, T]
  const Tensor lengths = frames.lengths.cpu();
  const auto steps = steps_per_level(sampling.steps, options_.codebooks);
  Tensor below = torch::zeros_like(features);
  std::vector<Tensor> levels;
  uint32_t draws = 0;
  for (int64_t q = 0; q < options_.codebooks; ++q) {
    const Tensor level = torch::full({rows}, q, integers);
    Tensor codes = torch::full({rows, longest}, options_.entries, integers);
    Tensor masked = valid;
    for (int64_t step = 0; step < steps[q]; ++step) {
      Tensor told = predict(features, below, codes, level, frames.mask);
      if (sampling.guidance != 1.0) {
        const Tensor untold =
            predict(no_condition_.expand_as(features), below, codes, level, frames.mask);
        told = torch::log_softmax(untold + (told - untold) * sampling.guidance, 2);
      }
      const Draw draw = draw_codes(told, sampling.temperature, sampling, draws++);
      codes = torch::where(masked, draw.codes, codes);
      std::vector<int64_t> remaining;
      for (int64_t b = 0; b < rows; ++b)
        remaining.push_back(masked_after(step, steps[q], lengths[b].item<int64_t>()));
      const double heat = kChoiceTemperature * (1 - (step + 1.0) / steps[q]);
      const Tensor noise = gumbel(uniform_numbers(sampling, draws++, rows, longest));
      masked = least_confident(
          draw.log_probabilities + noise.to(features.device()) * heat, masked, remaining);
      codes = codes.masked_fill(masked, options_.entries);
    }
    codes = codes.masked_fill(~valid, 0);
    below = below + below_(embed(codes, level));
    levels.push_back(codes);
  }
  Generation out;
  out.codes = torch::stack(levels, 2);
  out.frame_lengths = frames.lengths;
  out.durations = condition.durations;
  if (sink && !sink(out.codes, 0)) out.stop = StopReason::kCancelled;
  return out;
}

Losses MaskedGenerator::loss(const Batch& batch) {
  const auto frames = frame_encoder_->forward(batch.condition);
  const int64_t rows = batch.codes.size(0), longest = batch.codes.size(1);
  const auto numbers = frames.features.options();
  const Tensor drop =
      (torch::rand({rows, 1, 1}, numbers) < options_.condition_dropout).to(numbers.dtype());
  const Tensor features = condition_(frames.features) * (1 - drop) + no_condition_ * drop;
  // A level for each row, the true codes below it (some of them wrong), and a share of its own.
  const Tensor weights =
      torch::pow(kLevelDecay, torch::arange(options_.codebooks, numbers.dtype(torch::kFloat)));
  const Tensor levels = torch::multinomial(weights, rows, true);  // [B]
  Tensor below = torch::zeros({rows, longest, options_.embedding}, numbers);
  for (int64_t q = 0; q + 1 < options_.codebooks; ++q) {
    const Tensor wrong = torch::rand({rows, longest}, numbers) < options_.code_noise;
    const Tensor other = torch::randint(options_.entries, {rows, longest}, batch.codes.options());
    const Tensor codes = torch::where(wrong, other, batch.codes.select(2, q));
    const Tensor used = (levels > q).to(numbers.dtype()).view({-1, 1, 1});
    below = below + embed(codes, torch::full({rows}, q, levels.options())) * used;
  }
  const Tensor truth =
      batch.codes.gather(2, levels.view({-1, 1, 1}).expand({rows, longest, 1})).squeeze(2);
  const Tensor share = torch::cos(M_PI / 2 * torch::rand({rows, 1}, numbers));
  const Tensor masked = torch::rand({rows, longest}, numbers) < share;
  const Tensor known = truth.masked_fill(masked, options_.entries);
  const Tensor predicted = predict(features, below_(below), known, levels, frames.mask);
  const Tensor counted = masked.to(numbers.dtype()) * frames.mask.squeeze(2);
  const Tensor entropy = -predicted.gather(2, truth.unsqueeze(2)).squeeze(2);
  const Tensor right = (predicted.argmax(2) == truth).to(numbers.dtype());
  const auto mean = [&](const Tensor& values, const Tensor& weight) {
    return (values * weight).sum() / weight.sum().clamp_min(1);
  };
  const Tensor total = mean(entropy, counted);
  const Tensor first = counted * (levels == 0).to(numbers.dtype()).unsqueeze(1);
  return {{"total", total},
          {"entropy", total.detach()},
          {"accuracy", mean(right, counted).detach()},
          {"entropy_first", mean(entropy, first).detach()}};
}

}  // namespace tts
