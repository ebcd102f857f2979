#include "duration/autoregressive/autoregressive.h"

#include "core/row_stream.h"

namespace tts {
namespace {

const std::vector<std::string> kAutoregressiveCorrections = {
    "duration_scale", "pause_scale", "pitch_contrast", "energy_contrast"};
constexpr double kUsualDeviation = 0.5;  // of log durations about the symbol's usual one

// Two numbers for each symbol of each row. → [B, N, 2]
Tensor uniform_numbers(const Sampling& sampling, int64_t rows, int64_t symbols) {
  Tensor out = torch::empty({rows, symbols, 2});
  for (int64_t b = 0; b < rows; ++b) {
    row_stream(sampling, b)
        .uniform(RandomPurpose::kDuration, 0, 0, out[b].data_ptr<float>(), symbols * 2);
  }
  return out;
}

}  // namespace

AutoregressiveDurationOptions AutoregressiveDurationOptions::from(Config& c) {
  AutoregressiveDurationOptions o;
  o.text = SymbolFeaturesOptions::from(c);
  o.heads = c.integer("heads", 1, 64);
  o.decoder_blocks = c.integer("decoder_blocks", 1, 64);
  o.contour_blocks = c.integer("contour_blocks", 0, 64);
  o.components = c.integer("components", 1, 64);
  o.history_noise = c.number("history_noise", 0, 2);
  o.temperature = c.number("temperature", 0, 2);
  o.corrections = DurationCorrections::from(c, kAutoregressiveCorrections);
  return o;
}

nlohmann::json AutoregressiveDuration::to_json() const {
  nlohmann::json out = options_.text.to_json();
  out["type"] = "autoregressive";
  out["heads"] = options_.heads;
  out["decoder_blocks"] = options_.decoder_blocks;
  out["contour_blocks"] = options_.contour_blocks;
  out["components"] = options_.components;
  out["history_noise"] = options_.history_noise;
  out["temperature"] = options_.temperature;
  options_.corrections.write(out, kAutoregressiveCorrections);
  return out;
}

std::map<std::string, double*> AutoregressiveDuration::corrections() {
  return options_.corrections.named(kAutoregressiveCorrections);
}

AutoregressiveDuration::AutoregressiveDuration(const AutoregressiveDurationOptions& o)
    : options_(o),
      text_(*this, o.text),
      usual_(*this, o.text.symbols),
      told_(register_module("told", torch::nn::Linear(o.text.channels, o.text.channels))),
      earlier_(register_module("earlier", torch::nn::Linear(3, o.text.channels))),
      decoder_(register_module("decoder", torch::nn::ModuleList())),
      decoder_norm_(register_module(
          "decoder_norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.text.channels})))),
      mixture_(register_module("mixture", torch::nn::Linear(o.text.channels, 3 * o.components))),
      duration_(register_module("duration", torch::nn::Linear(2, o.text.channels))),
      contour_(register_module("contour", torch::nn::ModuleList())),
      contour_norm_(register_module(
          "contour_norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.text.channels})))),
      contour_output_(register_module("contour_output", torch::nn::Linear(o.text.channels, 3))) {
  const int64_t channels = o.text.channels;
  for (int64_t i = 0; i < o.decoder_blocks; ++i)
    decoder_->push_back(
        TransformerBlock(TransformerOptions{channels, o.heads, 2 * channels, o.text.dropout}));
  ConvNeXtOptions block{channels, 2 * channels};
  block.dropout = o.text.dropout;
  add_blocks(contour_, o.contour_blocks, block);
  torch::NoGradGuard no_grad;
  // Components begin side by side: shorter to longer than usual.
  mixture_->weight.mul_(0.1);
  mixture_->bias.zero_();
  mixture_->bias.slice(0, o.components, 2 * o.components)
      .copy_(torch::linspace(-0.6, 0.6, o.components));
}

Tensor AutoregressiveDuration::history(const Tensor& log_durations, const Tensor& usual) {
  return torch::stack({(log_durations - usual) / kUsualDeviation,
                       log_durations - 1.5,
                       torch::ones_like(log_durations)},
                      2);
}

Tensor AutoregressiveDuration::mixture(const Tensor& x) {
  return mixture_(torch::dropout(decoder_norm_(x), options_.text.dropout, is_training()));
}

SymbolProsody AutoregressiveDuration::contours(const Tensor& features,
                                               const Tensor& log_durations,
                                               const Tensor& usual,
                                               const Tensor& mask) {
  Tensor x = features + duration_(history(log_durations, usual).slice(2, 0, 2));
  for (const auto& block : *contour_) x = block->as<ConvNeXtBlock>()->forward(x, mask) * mask;
  const Tensor raw =
      contour_output_(torch::dropout(contour_norm_(x), options_.text.dropout, is_training()));
  return {log_durations, raw.select(2, 0), raw.select(2, 1), raw.select(2, 2)};
}

Tensor AutoregressiveDuration::draw(const Tensor& features,
                                    const Tensor& usual,
                                    const Sampling& sampling) {
  const int64_t rows = features.size(0), symbols = features.size(1);
  const Tensor told = told_(features);
  const Tensor uniform = uniform_numbers(sampling, rows, symbols).to(features.device());
  std::vector<KeyValueCache> caches(decoder_->size());
  std::vector<Tensor> drawn;
  Tensor earlier = features.new_zeros({rows, 1, 3});  // nothing came before
  for (int64_t i = 0; i < symbols; ++i) {
    Tensor x = told.slice(1, i, i + 1) + earlier_(earlier);
    for (size_t k = 0; k < caches.size(); ++k)
      x = decoder_[k]->as<TransformerBlock>()->step(x, caches[k]);
    drawn.push_back(draw_mixture(
        mixture(x).squeeze(1), usual.select(1, i), sampling.temperature, uniform.select(1, i)));
    earlier = history(drawn.back().unsqueeze(1), usual.slice(1, i, i + 1));
  }
  return torch::stack(drawn, 1);
}

Prosody AutoregressiveDuration::predict(const Condition& c, const Sampling& sampling) {
  torch::NoGradGuard no_grad;
  const Tensor mask = symbol_mask(c);
  const Tensor features = text_.forward(c, false), usual = usual_.of(c.symbols);
  SymbolProsody p = contours(features, draw(features, usual, sampling), usual, mask);
  p.voicing = torch::sigmoid(p.voicing);
  return corrected_prosody(p, usual, options_.corrections, c);
}

Losses AutoregressiveDuration::loss(const Batch& batch) {
  const Condition& c = batch.condition;
  if (is_training()) usual_.learn(batch);
  const Tensor mask = symbol_mask(c), usual = usual_.of(c.symbols);
  const Tensor features = text_.forward(c, is_training());
  const Tensor log_duration = symbol_prosody(batch).log_duration;
  Tensor known = log_duration;
  if (is_training()) known = known + options_.history_noise * torch::randn_like(known);
  const Tensor earlier =
      torch::constant_pad_nd(history(known, usual).slice(1, 0, -1), {0, 0, 1, 0});
  Tensor x = told_(features) + earlier_(earlier);
  for (const auto& block : *decoder_) x = block->as<TransformerBlock>()->forward(x);
  const Tensor likelihood = mixture_log_probability(mixture(x), usual, log_duration);
  Losses losses = contour_losses(contours(features, log_duration, usual, mask), batch);
  losses["duration"] = -weighted_mean(likelihood, mask.squeeze(2));  // nats per symbol
  const Tensor total =
      losses["duration"] + 0.5 * (losses["f0"] + losses["voicing"] + losses["energy"]);
  for (auto& item : losses) item.second = item.second.detach();
  losses["total"] = total;
  return losses;
}

}  // namespace tts
