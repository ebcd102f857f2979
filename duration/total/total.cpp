#include "duration/total/total.h"

#include "core/join.h"

namespace tts {
namespace {

const std::vector<std::string> kTotalCorrections = {
    "duration_scale", "pause_scale", "pitch_contrast", "energy_contrast"};
constexpr double kFirstRate = 5;  // frames per phone before training
constexpr double kRateStep = 0.02;

bool has_model(const std::string& predictor) {
  return predictor == "autoregressive" || predictor == "phoneme";
}

// [B, N] float, 1 where a phone is: no padding, no silence, no pause.
Tensor phones_of(const Condition& c) {
  Tensor valid = length_mask(c.symbol_lengths, c.symbols.size(1)) & (c.symbols > 0);
  if (c.optional.defined()) valid = valid & ~c.optional;
  return valid.to(torch::kFloat);
}

// Sum of the symbols' usual durations. → [B]
Tensor usual_total(const Tensor& usual, const Condition& c) {
  const Tensor frames = (torch::exp(usual) - 0.5).clamp_min(0) * symbol_mask(c).squeeze(2);
  return frames.sum(1).clamp_min(1);
}

}  // namespace

std::vector<std::string> total_predictors() {
  return {"autoregressive", "phoneme", "rate", "regression"};
}

TotalDurationOptions TotalDurationOptions::from(Config& c) {
  TotalDurationOptions o;
  o.predictor = c.choice("predictor", total_predictors());
  if (has_model(o.predictor)) {
    o.symbols = c.integer("symbols", 1, 100000);
    Config model = c.section("model");
    model.choice("type", {o.predictor});
    o.model = make_duration_model(c.section("model"));
  } else {
    o.text = SymbolFeaturesOptions::from(c);
    o.symbols = o.text.symbols;
  }
  o.corrections = DurationCorrections::from(c, kTotalCorrections);
  return o;
}

nlohmann::json TotalDuration::to_json() const {
  nlohmann::json out = text_ ? options_.text.to_json() : nlohmann::json::object();
  out["type"] = "total";
  out["predictor"] = options_.predictor;
  out["symbols"] = options_.symbols;
  if (options_.model) out["model"] = options_.model->to_json();
  options_.corrections.write(out, kTotalCorrections);
  return out;
}

TotalDuration::TotalDuration(const TotalDurationOptions& o)
    : options_(o), usual_(*this, o.symbols) {
  if (o.model) {
    register_module("model", o.model);
    return;
  }
  text_.emplace(*this, o.text);
  contour_ = register_module("contour", torch::nn::Linear(o.text.channels, 3));
  if (o.predictor == "regression")
    length_ = register_module("length", torch::nn::Linear(o.text.channels, 1));
  if (o.predictor == "rate") {
    const int64_t languages = std::max<int64_t>(1, o.text.languages);
    rate_ = register_buffer("rate", torch::full({languages}, kFirstRate));
  }
}

double TotalDuration::temperature() const {
  return options_.model ? options_.model->temperature() : 1;
}

std::map<std::string, double*> TotalDuration::corrections() {
  return options_.corrections.named(kTotalCorrections);
}

Tensor TotalDuration::rate_rows(const Condition& c) const {
  if (rate_.size(0) == 1) return torch::zeros_like(c.symbol_lengths);
  return c.language;
}

Tensor TotalDuration::log_total(const Condition& c, const Tensor& features) {
  if (length_) {
    const Tensor mask = symbol_mask(c);
    const Tensor pooled = (features * mask).sum(1) / mask.sum(1).clamp_min(1);
    return length_(pooled).squeeze(1) + torch::log(usual_total(usual_.of(c.symbols), c));
  }
  const Tensor phones = phones_of(c).sum(1).clamp_min(1);
  return torch::log(phones * rate_.index_select(0, rate_rows(c)));
}

SymbolProsody TotalDuration::contours(const Tensor& features) {
  const Tensor raw = contour_(features);
  return {{}, raw.select(2, 0), raw.select(2, 1), raw.select(2, 2)};
}

Prosody TotalDuration::predict(const Condition& c, const Sampling& sampling) {
  torch::NoGradGuard no_grad;
  const Tensor usual = usual_.of(c.symbols);
  SymbolProsody p;
  Tensor total;  // [B] log frames
  if (options_.model) {
    const Prosody other = options_.model->predict(c, sampling);
    total = torch::log(other.durations.sum(1).clamp_min(1));
    const Tensor mean = c.pitch.select(1, 0).unsqueeze(1);
    const Tensor deviation = c.pitch.select(1, 1).unsqueeze(1);
    p = {{}, (other.log_f0 - mean) / deviation, other.voicing, other.energy};
  } else {
    const Tensor features = text_->forward(c, false);
    total = log_total(c, features);
    p = contours(features);
    p.voicing = torch::sigmoid(p.voicing);
  }
  const Tensor share = (total - torch::log(usual_total(usual, c))).unsqueeze(1);
  // Every symbol's usual frames, stretched alike.
  p.log_duration = torch::log((torch::exp(usual) - 0.5).clamp_min(0) * torch::exp(share) + 0.5);
  return corrected_prosody(p, usual, options_.corrections, c);
}

void TotalDuration::learn_rate(const Batch& batch) {
  torch::NoGradGuard no_grad;
  const Condition& c = batch.condition;
  const Tensor rows = rate_rows(c);
  const Tensor rate = batch.prosody.durations.sum(1) / phones_of(c).sum(1).clamp_min(1);
  for (int64_t language = 0; language < rate_.size(0); ++language) {
    const Tensor own = rate.masked_select(rows == language);
    if (own.numel() == 0) continue;
    rate_[language] += (own.mean() - rate_[language]) * kRateStep;
  }
}

Losses TotalDuration::loss(const Batch& batch) {
  if (is_training()) usual_.learn(batch);
  if (options_.model) return options_.model->loss(batch);
  if (is_training() && rate_.defined()) learn_rate(batch);
  const Tensor features = text_->forward(batch.condition, is_training());
  const Tensor total = torch::log(batch.prosody.durations.sum(1).clamp_min(1));
  Losses losses = contour_losses(contours(features), batch);
  losses["length"] = (log_total(batch.condition, features) - total).square().mean();
  const Tensor sum =
      4 * losses["length"] + 0.5 * (losses["f0"] + losses["voicing"] + losses["energy"]);
  for (auto& item : losses) item.second = item.second.detach();
  losses["total"] = sum;
  return losses;
}

}  // namespace tts
