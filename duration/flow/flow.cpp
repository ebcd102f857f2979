#include "duration/flow/flow.h"

#include "core/row_stream.h"

namespace tts {
namespace {

const std::vector<std::string> kFlowCorrections = {"duration_scale", "pause_scale"};
constexpr int64_t kParts = 4, kTimeWidth = 64;
// Brings each part to a deviation of about one.
constexpr double kDurationUnit = 0.5, kVoicingUnit = 0.4, kVoicingCentre = 0.5;

Tensor to_path(const SymbolProsody& p, const Tensor& usual) {
  return torch::stack({(p.log_duration - usual) / kDurationUnit,
                       p.f0,
                       (p.voicing - kVoicingCentre) / kVoicingUnit,
                       p.energy},
                      2);
}

SymbolProsody from_path(const Tensor& x, const Tensor& usual) {
  return {x.select(2, 0) * kDurationUnit + usual,
          x.select(2, 1),
          (x.select(2, 2) * kVoicingUnit + kVoicingCentre).clamp(0, 1),
          x.select(2, 3)};
}

// Standard normal, a function of the row's stream and the symbol alone. → [B, N, 4]
Tensor start_of_path(const Sampling& sampling, int64_t rows, int64_t symbols) {
  Tensor noise = torch::empty({rows, symbols, kParts});
  for (int64_t b = 0; b < rows; ++b) {
    row_stream(sampling, b)
        .normal(RandomPurpose::kDuration, 0, 0, noise[b].data_ptr<float>(), symbols * kParts);
  }
  return noise;
}

}  // namespace

FlowDurationOptions FlowDurationOptions::from(Config& c) {
  FlowDurationOptions o;
  o.text = SymbolFeaturesOptions::from(c);
  o.flow_blocks = c.integer("flow_blocks", 1, 64);
  o.steps = c.integer("steps", 1, 1000);
  o.temperature = c.number("temperature", 0, 2);
  o.corrections = DurationCorrections::from(c, kFlowCorrections);
  return o;
}

nlohmann::json FlowDuration::to_json() const {
  nlohmann::json out = options_.text.to_json();
  out["type"] = "flow";
  out["flow_blocks"] = options_.flow_blocks;
  out["steps"] = options_.steps;
  out["temperature"] = options_.temperature;
  options_.corrections.write(out, kFlowCorrections);
  return out;
}

std::map<std::string, double*> FlowDuration::corrections() {
  return options_.corrections.named(kFlowCorrections);
}

FlowDuration::FlowDuration(const FlowDurationOptions& o)
    : options_(o),
      text_(*this, o.text),
      usual_(*this, o.text.symbols),
      condition_(register_module("condition", torch::nn::Linear(o.text.channels, o.text.channels))),
      input_(register_module("input", torch::nn::Linear(kParts, o.text.channels))),
      time1_(register_module("time1", torch::nn::Linear(kTimeWidth, o.text.channels))),
      time2_(register_module("time2", torch::nn::Linear(o.text.channels, o.text.channels))),
      blocks_(register_module("flow", torch::nn::ModuleList())),
      norm_(register_module("flow_norm",
                            torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.text.channels})))),
      output_(register_module("output", torch::nn::Linear(o.text.channels, kParts))) {
  ConvNeXtOptions block{o.text.channels, 2 * o.text.channels};
  block.dropout = o.text.dropout;
  block.condition = o.text.channels;
  add_blocks(blocks_, o.flow_blocks, block);
}

Tensor FlowDuration::velocity(const Tensor& x,
                              const Tensor& t,
                              const Tensor& features,
                              const Tensor& mask) {
  const Tensor time =
      time2_(torch::silu(time1_(sinusoidal_embedding(t * 1000, kTimeWidth, 10000)))).unsqueeze(1);
  Tensor h = (input_(x) + features) * mask;
  for (const auto& block : *blocks_) h = block->as<ConvNeXtBlock>()->forward(h, mask, time) * mask;
  return output_(norm_(h));
}

Prosody FlowDuration::predict(const Condition& c, const Sampling& sampling) {
  torch::NoGradGuard no_grad;
  const Tensor mask = symbol_mask(c), usual = usual_.of(c.symbols);
  const Tensor features = condition_(text_.forward(c, false));
  // A temperature below one starts nearer the centre of the noise and so ends nearer the mode.
  Tensor x = start_of_path(sampling, c.symbols.size(0), c.symbols.size(1)).to(features.device()) *
             sampling.temperature;
  const double dt = 1.0 / static_cast<double>(options_.steps);
  for (int64_t step = 0; step < options_.steps; ++step) {
    const Tensor t = torch::full({x.size(0)}, static_cast<double>(step) * dt, x.options());
    x = x + velocity(x, t, features, mask) * dt;
  }
  return corrected_prosody(from_path(x, usual), usual, options_.corrections, c);
}

Losses FlowDuration::loss(const Batch& batch) {
  const Condition& c = batch.condition;
  if (is_training()) usual_.learn(batch);
  const Tensor mask = symbol_mask(c);
  const Tensor features = condition_(text_.forward(c, is_training()));
  const Tensor x1 = to_path(symbol_prosody(batch), usual_.of(c.symbols));
  const Tensor x0 = torch::randn_like(x1);
  const Tensor t = torch::rand({x1.size(0)}, x1.options()), at = t.view({-1, 1, 1});
  const Tensor predicted = velocity(x0 * (1 - at) + x1 * at, t, features, mask);
  const Tensor error = ((predicted - (x1 - x0)).square() * mask).sum(0).sum(0) / mask.sum();  // [4]
  return {{"total", error.mean()},
          {"duration", error[0].detach()},
          {"f0", error[1].detach()},
          {"voicing", error[2].detach()},
          {"energy", error[3].detach()}};
}

}  // namespace tts
