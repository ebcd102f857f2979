#include "duration/symbol_prosody.h"

#include "core/join.h"
#include "nn/blocks.h"

namespace tts {
namespace {

struct CorrectionRow {
  const char* name;
  double DurationCorrections::*value;
  double lowest, highest;
};

const CorrectionRow kRows[] = {{"duration_scale", &DurationCorrections::duration_scale, 0.25, 4},
                               {"pause_scale", &DurationCorrections::pause_scale, 0.1, 10},
                               {"duration_contrast", &DurationCorrections::duration_contrast, 0, 4},
                               {"pitch_contrast", &DurationCorrections::pitch_contrast, 0, 4},
                               {"energy_contrast", &DurationCorrections::energy_contrast, 0, 4}};

Tensor valid_symbols(const Condition& c) {
  return length_mask(c.symbol_lengths, c.symbols.size(1)).to(torch::kFloat);
}

}  // namespace

DurationCorrections DurationCorrections::from(Config& c, const std::vector<std::string>& names) {
  DurationCorrections out;
  for (const auto& row : kRows) {
    if (contains(names, row.name)) out.*row.value = c.number(row.name, row.lowest, row.highest);
  }
  return out;
}

std::map<std::string, double*> DurationCorrections::named(const std::vector<std::string>& names) {
  std::map<std::string, double*> out;
  for (const auto& row : kRows) {
    if (contains(names, row.name)) out[row.name] = &(this->*row.value);
  }
  return out;
}

void DurationCorrections::write(nlohmann::json& json, const std::vector<std::string>& names) const {
  for (const auto& row : kRows) {
    if (contains(names, row.name)) json[row.name] = this->*row.value;
  }
}

SymbolProsody symbol_prosody(const Batch& b) {
  const Tensor& pitch = b.condition.pitch;
  const Tensor f0 =
      (b.prosody.log_f0 - pitch.select(1, 0).unsqueeze(1)) / pitch.select(1, 1).unsqueeze(1);
  return {torch::log(b.prosody.durations + 0.5), f0, b.prosody.voicing, b.prosody.energy};
}

Prosody corrected_prosody(const SymbolProsody& p,
                          const Tensor& usual,
                          const DurationCorrections& o,
                          const Condition& c) {
  const Tensor mask = valid_symbols(c);
  Prosody out;
  const Tensor log_duration = usual + (p.log_duration - usual) * o.duration_contrast;
  Tensor scale = torch::full_like(mask, o.duration_scale);
  if (c.optional.defined()) scale = scale.masked_fill(c.optional, o.pause_scale);
  out.durations = (torch::exp(log_duration) - 0.5).clamp_min(0) * scale * mask;
  out.voicing = p.voicing * mask;
  // Contrast about the utterance's own centre, weighted by voiced time.
  const Tensor weight = out.voicing * out.durations + 1e-6;
  const Tensor centre = (p.f0 * weight).sum(1, true) / weight.sum(1, true);
  const Tensor stretched = centre + (p.f0 - centre) * o.pitch_contrast;
  out.log_f0 = stretched * c.pitch.select(1, 1).unsqueeze(1) + c.pitch.select(1, 0).unsqueeze(1);
  const Tensor middle = (p.energy * mask).sum(1, true) / mask.sum(1, true);
  out.energy = middle + (p.energy - middle) * o.energy_contrast;
  return out;
}

Tensor weighted_mean(const Tensor& values, const Tensor& weights) {
  return (values * weights).sum() / weights.sum().clamp_min(1);
}

Losses contour_losses(const SymbolProsody& predicted, const Batch& batch) {
  const SymbolProsody target = symbol_prosody(batch);
  const Tensor mask = valid_symbols(batch.condition);
  const Tensor present = mask * (batch.prosody.durations > 0).to(torch::kFloat);
  const Tensor voicing = torch::binary_cross_entropy_with_logits(
      predicted.voicing, target.voicing, {}, {}, at::Reduction::None);
  return {{"f0", weighted_mean((predicted.f0 - target.f0).square(), mask * target.voicing)},
          {"voicing", weighted_mean(voicing, mask)},
          {"energy", weighted_mean((predicted.energy - target.energy).square(), present)}};
}

UsualDurations::UsualDurations(torch::nn::Module& owner, int64_t symbols)
    : usual_log_duration_(owner.register_buffer("usual_log_duration", torch::ones({symbols}))) {}

Tensor UsualDurations::of(const Tensor& symbols) const {
  return usual_log_duration_.index_select(0, symbols.flatten()).view_as(symbols);
}

void UsualDurations::learn(const Batch& batch) {
  torch::NoGradGuard no_grad;
  const Condition& c = batch.condition;
  const Tensor valid = length_mask(c.symbol_lengths, c.symbols.size(1)).flatten();
  const Tensor ids = c.symbols.flatten().masked_select(valid);
  const Tensor values = torch::log(batch.prosody.durations + 0.5).flatten().masked_select(valid);
  const int64_t symbols = usual_log_duration_.size(0);
  const Tensor count = torch::bincount(ids, {}, symbols).to(torch::kFloat);
  const Tensor sums = torch::bincount(ids, values, symbols).to(torch::kFloat);
  const Tensor keep = 1 - 0.01 * count.clamp_max(10);
  usual_log_duration_.copy_(usual_log_duration_ * keep + (sums / count.clamp_min(1)) * (1 - keep));
}

}  // namespace tts
