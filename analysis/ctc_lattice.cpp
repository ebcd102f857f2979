#include "analysis/ctc_lattice.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tts {
namespace {

// No output is less likely: one frame that fits nothing does not rule out a path.
constexpr double kLeast = 1e-7;

}  // namespace

CtcLattice::CtcLattice(const CtcRows& rows, Outputs labels)
    : frames_(rows.frames),
      width_(rows.width + 2),
      labels_(std::move(labels)),
      states_(2 * labels_.size() + 1),
      rows_(static_cast<size_t>(frames_ * width_)),
      forward_(static_cast<size_t>(frames_) * states_),
      backward_(forward_.size()),
      scales_(static_cast<size_t>(frames_), 1.0) {
  for (int64_t t = 0; t < frames_; ++t) {
    const float* from = rows.row(t);
    double* to = rows_.data() + t * width_;
    for (int64_t k = 0; k < rows.width; ++k) to[k] = std::max(kLeast, std::exp(double(from[k])));
    to[rows.width] = *std::max_element(to, to + rows.width);
    to[rows.width + 1] = *std::max_element(to + 1, to + rows.width);
    free_ += std::log(to[rows.width]);
  }
  forward();
  if (possible()) backward();
}

double CtcLattice::log_likelihood() const {
  if (!possible()) return -std::numeric_limits<double>::infinity();
  double sum = std::log(total_);
  for (const double scale : scales_) sum += std::log(scale);
  return sum;
}

double CtcLattice::emission(int64_t t, int64_t label) const {
  const double* row = rows_.data() + t * width_;
  if (label == kAnything) return row[width_ - 2];
  return label == kAnyPhone ? row[width_ - 1] : row[label];
}

double CtcLattice::emission_of_state(int64_t t, size_t state) const {
  return emission(t, state % 2 == 0 ? 0 : labels_[state / 2]);
}

void CtcLattice::forward() {
  for (int64_t t = 0; t < frames_; ++t) {
    double* now = forward_.data() + static_cast<size_t>(t) * states_;
    const double* before = now - states_;
    double sum = 0;
    for (size_t s = 0; s < states_; ++s) {
      double value = t == 0 ? (s < 2 ? 1 : 0) : before[s];
      if (t > 0 && s > 0) value += before[s - 1];
      if (t > 0 && s % 2 == 1 && s > 2 && labels_[s / 2] != labels_[s / 2 - 1])
        value += before[s - 2];
      now[s] = value * emission_of_state(t, s);
      sum += now[s];
    }
    scales_[static_cast<size_t>(t)] = sum;
    for (size_t s = 0; s < states_; ++s) now[s] /= sum;
  }
  if (frames_ == 0) return;
  const double* last = forward_.data() + static_cast<size_t>(frames_ - 1) * states_;
  total_ = last[states_ - 1] + (states_ > 1 ? last[states_ - 2] : 0);
}

void CtcLattice::backward() {
  for (int64_t t = frames_ - 1; t >= 0; --t) {
    double* now = backward_.data() + static_cast<size_t>(t) * states_;
    const double* next = now + states_;
    for (size_t s = 0; s < states_; ++s) {
      double value = 0;
      if (t == frames_ - 1) {
        value = s + 2 >= states_ ? 1 : 0;
      } else {
        value = next[s];
        if (s + 1 < states_) value += next[s + 1];
        if (s % 2 == 1 && s + 2 < states_ && labels_[s / 2] != labels_[s / 2 + 1])
          value += next[s + 2];
      }
      now[s] = value * emission_of_state(t, s) / scales_[static_cast<size_t>(t)];
    }
  }
}

double CtcLattice::enter(int64_t t, size_t begin, int64_t label) const {
  if (t == 0) return begin == 0 ? 1 : 0;
  const double* before = forward_.data() + static_cast<size_t>(t - 1) * states_ + 2 * begin;
  const bool direct = begin > 0 && labels_[begin - 1] != label;
  return before[0] + (direct ? before[-1] : 0);
}

// Paths of the labels before `begin`, then `instead`, then the labels from `end` on.
double CtcLattice::through(size_t begin, size_t end, const Outputs& instead) const {
  const size_t n = instead.size();
  std::vector<double> label(n), blank(n), label_before(n), blank_before(n);
  double sum = 0;
  // One step beyond the last frame: nothing follows there.
  for (int64_t t = 0; t <= frames_; ++t) {
    const bool ended = t == frames_;
    if (ended ? end == labels_.size() : end < labels_.size()) {
      const int64_t next = ended ? kAnything - 1 : labels_[end];  // differs from all labels
      const double here = n == 0 ? enter(t, begin, next)
                                 : blank[n - 1] + (instead[n - 1] != next ? label[n - 1] : 0);
      sum += here * (ended ? 1 : backward_[static_cast<size_t>(t) * states_ + 2 * end + 1]);
    }
    if (ended) break;
    label.swap(label_before);
    blank.swap(blank_before);
    const double scale = scales_[static_cast<size_t>(t)];
    for (size_t i = 0; i < n; ++i) {
      const double from =
          i == 0 ? enter(t, begin, instead[0])
                 : blank_before[i - 1] + (instead[i] != instead[i - 1] ? label_before[i - 1] : 0);
      label[i] = (label_before[i] + from) * emission(t, instead[i]) / scale;
      blank[i] = (blank_before[i] + label_before[i]) * emission(t, 0) / scale;
    }
  }
  return sum;
}

double CtcLattice::gain(size_t begin, size_t end, const Outputs& instead) const {
  const double gain = std::log(through(begin, end, instead) / total_);
  return std::isnan(gain) ? kMostGain : std::clamp(gain, -kMostGain, kMostGain);
}

}  // namespace tts
