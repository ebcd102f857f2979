#include <cmath>

#include "duration/prosody.h"
#include "train/duration_task.h"

namespace tts {
namespace {

struct Ratio {
  double natural = 0, predicted = 0;
  double within(double low, double high) const {
    return std::min(high, std::max(low, natural / std::max(predicted, 1e-9)));
  }
};

// Sum of squared distances from the utterance's weighted mean. [B, N]
double spread(const Tensor& values, const Tensor& weight) {
  const Tensor centre = (values * weight).sum(1, true) / weight.sum(1, true).clamp_min(1e-6);
  return ((values - centre).square() * weight).sum().item<double>();
}

class Calibration {
 public:
  explicit Calibration(DurationModel& model) : model_(model), factors_(model.corrections()) {
    for (auto& factor : factors_) *factor.second = 1;
  }

  void contrasts(const std::vector<Batch>& batches) {
    Ratio pitch, energy, length;
    for (const auto& b : batches) {
      const Tensor phones = phone_mask(b);
      const Prosody p = predict(b);
      const Tensor voiced = b.prosody.voicing * b.prosody.durations;
      const Tensor present = phones * (b.prosody.durations > 0).to(torch::kFloat);
      pitch.natural += spread(b.prosody.log_f0, voiced);
      pitch.predicted += spread(p.log_f0, voiced);
      energy.natural += spread(b.prosody.energy, present);
      energy.predicted += spread(p.energy, present);
      length.natural += spread(torch::log(b.prosody.durations + 0.5), phones);
      length.predicted += spread(torch::log(p.durations + 0.5), phones);
    }
    set("pitch_contrast", std::sqrt(pitch.within(1, 2.5)));
    set("energy_contrast", std::sqrt(energy.within(1, 1.4)));
    set("duration_contrast", std::sqrt(length.within(1, 2.5)));
  }

  // With the contrasts in place: the rate of the phones, then the pauses. Short ones vanish in
  // rounding, so their scale is found by bisection of what is left of them.
  void rates(const std::vector<Batch>& batches) {
    std::vector<Tensor> predicted;
    Ratio phones;
    for (const auto& b : batches) {
      const Tensor mask = phone_mask(b);
      predicted.push_back(predict(b).durations);
      phones.natural += (b.prosody.durations * mask).sum().item<double>();
      phones.predicted += (predicted.back() * mask).sum().item<double>();
    }
    const double phone_scale = phones.within(0.8, 1.3);
    double low = std::log(0.3), high = std::log(4.0);
    for (int i = 0; i < 12; ++i) {
      const double middle = (low + high) / 2;
      const Ratio pauses = paused(batches, predicted, phone_scale, std::exp(middle));
      (pauses.predicted < pauses.natural ? low : high) = middle;
    }
    set("duration_scale", phone_scale);
    set("pause_scale", std::exp((low + high) / 2));
  }

 private:
  Prosody predict(const Batch& b) {
    Sampling sampling;
    sampling.temperature = model_.temperature();
    return model_.predict(b.condition, sampling);
  }

  // Frames of optional pauses after rounding.
  static Ratio paused(const std::vector<Batch>& batches,
                      const std::vector<Tensor>& predicted,
                      double phone_scale,
                      double pause_scale) {
    Ratio out;
    for (size_t i = 0; i < batches.size(); ++i) {
      const Condition& c = batches[i].condition;
      const Tensor scale =
          torch::full_like(predicted[i], phone_scale).masked_fill(c.optional, pause_scale);
      const Tensor rounded =
          round_durations(predicted[i] * scale, c.symbol_lengths, c.optional, 1.0);
      out.natural += (c.durations * c.optional).sum().item<double>();
      out.predicted += (rounded * c.optional).sum().item<double>();
    }
    return out;
  }

  void set(const std::string& name, double value) {
    const auto found = factors_.find(name);
    if (found != factors_.end()) *found->second = value;
  }

  DurationModel& model_;
  std::map<std::string, double*> factors_;
};

}  // namespace

void calibrate_durations(DurationModel& model,
                         const std::vector<Batch>& validation,
                         const std::vector<Batch>& all) {
  Calibration calibration(model);
  if (validation.empty() || model.corrections().empty()) return;
  calibration.contrasts(validation);
  calibration.rates(all);
}

}  // namespace tts
