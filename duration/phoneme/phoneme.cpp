#include "duration/phoneme/phoneme.h"

namespace tts {
namespace {

const std::vector<std::string> kPhonemeCorrections = {
    "duration_scale", "pause_scale", "duration_contrast", "pitch_contrast", "energy_contrast"};

}  // namespace

PhonemeDurationOptions PhonemeDurationOptions::from(Config& c) {
  return {SymbolFeaturesOptions::from(c), DurationCorrections::from(c, kPhonemeCorrections)};
}

nlohmann::json PhonemeDuration::to_json() const {
  nlohmann::json out = options_.text.to_json();
  options_.corrections.write(out, kPhonemeCorrections);
  out["type"] = "phoneme";
  return out;
}

std::map<std::string, double*> PhonemeDuration::corrections() {
  return options_.corrections.named(kPhonemeCorrections);
}

PhonemeDuration::PhonemeDuration(const PhonemeDurationOptions& o)
    : options_(o),
      text_(*this, o.text),
      output_(register_module("output", torch::nn::Linear(o.text.channels, 4))),
      usual_(*this, o.text.symbols) {}

SymbolProsody PhonemeDuration::network(const Condition& c) {
  const Tensor raw = output_(text_.forward(c, is_training()));
  return {raw.select(2, 0), raw.select(2, 1), raw.select(2, 2), raw.select(2, 3)};
}

Prosody PhonemeDuration::predict(const Condition& c, const Sampling&) {
  torch::NoGradGuard no_grad;
  SymbolProsody p = network(c);
  p.voicing = torch::sigmoid(p.voicing);
  return corrected_prosody(p, usual_.of(c.symbols), options_.corrections, c);
}

Losses PhonemeDuration::loss(const Batch& batch) {
  const SymbolProsody p = network(batch.condition);
  if (is_training()) usual_.learn(batch);
  const Tensor mask = symbol_mask(batch.condition).squeeze(2);
  const Tensor error = torch::smooth_l1_loss(
      p.log_duration, symbol_prosody(batch).log_duration, at::Reduction::None);
  Losses losses = contour_losses(p, batch);
  losses["duration"] = weighted_mean(error, mask);
  const Tensor total = losses["duration"] * 2 + 0.5 * losses["f0"] + 0.5 * losses["voicing"] +
                       0.5 * losses["energy"];
  for (auto& item : losses) item.second = item.second.detach();
  losses["total"] = total;
  return losses;
}

}  // namespace tts
