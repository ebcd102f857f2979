#include "audio/limiter.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace tts {

Limiter::Limiter(int sample_rate_hz, const LimiterOptions& options)
    : ceiling_(options.ceiling),
      release_(1 - std::exp(-1 / (options.release_s * sample_rate_hz))),
      lookahead_(std::llround(options.lookahead_s * sample_rate_hz)) {
  if (!(ceiling_ > 0 && ceiling_ <= 1) || !(options.release_s > 0) || sample_rate_hz < 1 ||
      lookahead_ < 1 || lookahead_ > sample_rate_hz) {
    fail(ErrorCode::kUsage,
         "limiter: a ceiling in (0, 1], a look-ahead of at least one sample and at most 1 s and a ",
         "release above 0 s are needed");
  }
  reset();
}

void Limiter::reset() {
  delayed_.assign(lookahead_, 0.0f);
  gains_.assign(lookahead_ + 1, 1.0);
  sum_ = static_cast<double>(gains_.size());
  ahead_.clear();
  released_ = 1;
  position_ = 0;
  gain_slot_ = delay_slot_ = 0;
}

// The lowest gain needed by this and the `lookahead_` samples before it: all that are not out yet.
double Limiter::lowest_ahead(double gain) {
  while (!ahead_.empty() && ahead_.back().gain >= gain) ahead_.pop_back();
  ahead_.push_back({position_, gain});
  if (ahead_.front().position < position_ - lookahead_) ahead_.pop_front();
  return ahead_.front().gain;
}

// Takes the newest sample, gives the one `lookahead_` before it.
float Limiter::step(float newest) {
  const double magnitude = std::abs(static_cast<double>(newest));
  const double lowest = lowest_ahead(magnitude > ceiling_ ? ceiling_ / magnitude : 1.0);
  released_ += release_ * (1 - released_);
  if (released_ > 0.999) released_ = 1;  // or it would creep for ever; the average hides the step
  released_ = std::min(released_, lowest);

  double& oldest = gains_[gain_slot_];
  sum_ += released_ - oldest;
  oldest = released_;
  if (++gain_slot_ == gains_.size()) gain_slot_ = 0;

  float& slot = delayed_[delay_slot_];
  const float sample = slot;
  slot = newest;
  if (++delay_slot_ == delayed_.size()) delay_slot_ = 0;
  ++position_;
  const double gain = std::min(1.0, sum_ / static_cast<double>(gains_.size()));
  if (gain > 1 - 1e-9) return sample;
  const auto limit = static_cast<float>(ceiling_);  // rounding may miss it by a bit
  return std::clamp(static_cast<float>(sample * gain), -limit, limit);
}

std::vector<float> Limiter::process(const float* samples, size_t count) {
  std::vector<float> out;
  out.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    const bool filled = position_ >= lookahead_;
    const float sample = step(std::isfinite(samples[i]) ? samples[i] : 0.0f);
    if (filled) out.push_back(sample);
  }
  return out;
}

std::vector<float> Limiter::finish() {
  std::vector<float> out;
  const int64_t waiting = std::min(position_, lookahead_);
  for (int64_t i = 0; i < lookahead_; ++i) {
    const float sample = step(0.0f);
    if (i >= lookahead_ - waiting) out.push_back(sample);
  }
  reset();
  return out;
}

}  // namespace tts
