#include "analysis/f0_candidates.h"

#include <algorithm>
#include <cmath>

namespace tts {
namespace {

constexpr double kWorkingRateHz = 8000;  // about: the input's rate over a whole number
constexpr double kCutoffHz = 2500;       // of the low-pass before
constexpr double kPeriodsInWindow = 3;   // of the lowest pitch
constexpr size_t kMostCandidates = 8;
constexpr int kSincLags = 8;       // half the width of the interpolation
constexpr double kFineStep = 0.3;  // in lags
constexpr float kWeakest = 0.2f;   // a weaker peak never wins against "unvoiced"

// Low-passed by a windowed sinc and decimated. Output i stands at input sample i * factor.
std::vector<float> decimate(const float* samples, size_t count, int sample_rate_hz, int factor) {
  const int half = static_cast<int>(std::lround(1.7 * sample_rate_hz / 1000));
  const double cutoff = kCutoffHz / sample_rate_hz;
  std::vector<float> taps(2 * half + 1);
  double sum = 0;
  for (int k = -half; k <= half; ++k) {
    const double x = 2 * M_PI * cutoff * k;
    const double window = 0.5 + 0.5 * std::cos(M_PI * k / (half + 1));
    const double tap = (k == 0 ? 1 : std::sin(x) / x) * window;
    taps[k + half] = static_cast<float>(tap);
    sum += tap;
  }
  for (float& tap : taps) tap = static_cast<float>(tap / sum);

  const size_t made = (count + factor - 1) / factor;
  std::vector<float> out(made, 0.0f);
  std::vector<float> padded(count + 2 * half + factor, 0.0f);
  std::copy(samples, samples + count, padded.begin() + half);
  // Four sums side by side: the compiler may not reorder one.
  for (size_t i = 0; i < made; ++i) {
    const float* x = padded.data() + i * factor;
    float part[4] = {0, 0, 0, 0};
    size_t k = 0;
    for (; k + 4 <= taps.size(); k += 4) {
      for (int lane = 0; lane < 4; ++lane) part[lane] += x[k + lane] * taps[k + lane];
    }
    for (; k < taps.size(); ++k) part[0] += x[k] * taps[k];
    out[i] = (part[0] + part[1]) + (part[2] + part[3]);
  }
  return out;
}

// r[lag] = sum of x[i] x[i + lag]. x holds `lags` zeros after its `size` values. Lags run in the
// inner loop, where they are independent and vectorise.
void autocorrelate(const float* x, int size, int lags, float* r) {
  std::fill(r, r + lags, 0.0f);
  for (int i = 0; i < size; ++i) {
    const float value = x[i];
    const float* ahead = x + i;
    for (int lag = 0; lag < lags; ++lag) r[lag] += value * ahead[lag];
  }
}

// A parabola through (-1, before), (0, here), (1, after): where it peaks, and how high.
struct Peak {
  float position, height;
};

Peak parabola(float before, float here, float after) {
  const float slope = 0.5f * (after - before);
  const float curve = 2 * here - before - after;
  if (!(curve > 0)) return {0, here};
  const float position = std::clamp(slope / curve, -1.0f, 1.0f);
  return {position, here + 0.5f * slope * position};
}

// r between its lags, by a windowed sinc (Boersma's section 3.3: a parabola alone underestimates
// the peaks of short periods, and their doubles win). r is even, so lags below 0 are known.
float interpolate(const float* r, double lag) {
  const auto first = static_cast<int>(std::floor(lag)) - kSincLags + 1;
  const double sine = std::sin(M_PI * (lag - first)) / M_PI;
  double sum = 0;
  for (int k = 0; k < 2 * kSincLags; ++k) {
    const double distance = lag - (first + k);
    if (std::abs(distance) < 1e-6) return r[std::abs(first + k)];
    const double window = 0.5 + 0.5 * std::cos(M_PI * distance / kSincLags);
    sum += r[std::abs(first + k)] * window * (k % 2 ? -sine : sine) / distance;
  }
  return static_cast<float>(sum);
}

// The frame analysis of one recording; holds the window and scratch space.
class Framer {
 public:
  Framer(double rate_hz, const F0Options& options)
      : rate_hz_(rate_hz),
        lowest_lag_(std::max(2, static_cast<int>(std::floor(rate_hz / options.highest_hz)))),
        highest_lag_(static_cast<int>(std::ceil(rate_hz / options.lowest_hz))),
        size_(static_cast<int>(std::lround(kPeriodsInWindow * rate_hz / options.lowest_hz))),
        lags_(highest_lag_ + 1 + kSincLags),
        window_(size_ + lags_, 0.0f),
        frame_(size_ + lags_, 0.0f),
        of_window_(lags_),
        correlation_(lags_),
        options_(options) {
    for (int i = 0; i < size_; ++i) {
      window_[i] = static_cast<float>(0.5 - 0.5 * std::cos(2 * M_PI * (i + 0.5) / size_));
    }
    autocorrelate(window_.data(), size_, lags_, of_window_.data());
  }

  F0Frame analyse(const std::vector<float>& signal, double centre) {
    F0Frame out;
    cut(signal, centre, out);
    autocorrelate(frame_.data(), size_, lags_, correlation_.data());
    if (!(correlation_[0] > 1e-12f)) return out;
    const float scale = of_window_[0] / correlation_[0];
    for (int lag = 0; lag < lags_; ++lag) correlation_[lag] *= scale / of_window_[lag];
    find_peaks(out);
    return out;
  }

 private:
  // frame_ = window * (signal - its mean), zeros outside of the recording.
  void cut(const std::vector<float>& signal, double centre, F0Frame& out) {
    const int64_t begin = std::llround(centre - 0.5 * size_ + 0.5);
    const int64_t first = std::clamp<int64_t>(-begin, 0, size_);
    const int64_t end = std::clamp<int64_t>(int64_t(signal.size()) - begin, first, size_);
    std::fill(frame_.begin(), frame_.end(), 0.0f);
    if (first == end) return;
    double sum = 0;
    for (int64_t i = first; i < end; ++i) sum += signal[begin + i];
    const auto mean = static_cast<float>(sum / double(end - first));
    for (int64_t i = first; i < end; ++i) {
      const float value = signal[begin + i] - mean;
      out.peak = std::max(out.peak, std::abs(value));
      frame_[i] = value * window_[i];
    }
  }

  void find_peaks(F0Frame& out) const {
    const float* r = correlation_.data();
    for (int lag = lowest_lag_; lag <= highest_lag_; ++lag) {
      if (r[lag] < kWeakest || r[lag] < r[lag - 1] || r[lag] <= r[lag + 1]) continue;
      const double rough = lag + parabola(r[lag - 1], r[lag], r[lag + 1]).position;
      const Peak peak = parabola(interpolate(r, rough - kFineStep),
                                 interpolate(r, rough),
                                 interpolate(r, rough + kFineStep));
      const double hz = rate_hz_ / (rough + kFineStep * peak.position);
      if (hz < options_.lowest_hz || hz > options_.highest_hz) continue;
      out.candidates.push_back({static_cast<float>(hz), std::min(1.0f, peak.height)});
    }
    const auto stronger = [](const F0Candidate& a, const F0Candidate& b) {
      return a.strength > b.strength;
    };
    std::stable_sort(out.candidates.begin(), out.candidates.end(), stronger);
    if (out.candidates.size() > kMostCandidates) out.candidates.resize(kMostCandidates);
  }

  double rate_hz_;
  int lowest_lag_, highest_lag_, size_, lags_;
  std::vector<float> window_, frame_, of_window_, correlation_;
  F0Options options_;
};

}  // namespace

std::vector<F0Frame> f0_frames(const float* samples,
                               size_t count,
                               int sample_rate_hz,
                               const F0Options& options) {
  const int factor = std::max(1, static_cast<int>(std::lround(sample_rate_hz / kWorkingRateHz)));
  const std::vector<float> signal = decimate(samples, count, sample_rate_hz, factor);
  const double hop = options.hop_s * sample_rate_hz;
  Framer framer(double(sample_rate_hz) / factor, options);
  std::vector<F0Frame> frames;
  const auto total = static_cast<size_t>(double(count) / hop + 1e-9);
  for (size_t t = 0; t < total; ++t) {
    frames.push_back(framer.analyse(signal, (t + 0.5) * hop / factor));
  }
  return frames;
}

}  // namespace tts
