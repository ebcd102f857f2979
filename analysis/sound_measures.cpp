#include "analysis/sound_measures.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "analysis/prompt_report.h"
#include "audio/mel.h"

namespace tts {
namespace {

constexpr int64_t kStep = 240;   // samples of a level: 10 ms
constexpr int64_t kFrame = 480;  // samples of a codec frame: generators repeat whole ones
constexpr double kSilentDb = -45, kFaintDb = -30;  // beside the loud parts

// Mean difference of two frames' log-mel below which they are the same sound: no two neighbours of
// natural speech are, for long (docs/checking.md).
constexpr float kSame = 0.12F;
constexpr int64_t kLongestLag = 50;

std::vector<double> levels_of(const std::vector<float>& samples) {
  std::vector<double> levels;
  for (size_t at = 0; at + kStep <= samples.size(); at += kStep) {
    double squares = 0;
    for (size_t i = at; i < at + kStep; ++i) squares += double(samples[i]) * samples[i];
    levels.push_back(10 * std::log10(squares / kStep + 1e-10));
  }
  return levels;
}

double loud_level(std::vector<double> levels) {
  const auto at = levels.begin() + static_cast<int64_t>(0.95 * double(levels.size() - 1));
  std::nth_element(levels.begin(), at, levels.end());
  return *at;
}

// The run of silent steps that has the most outside the pauses.
SoundSpan dead_air(const std::vector<double>& levels,
                   double silent_db,
                   const std::vector<SoundSpan>& pauses) {
  std::vector<bool> planned(levels.size(), false);
  for (const SoundSpan& pause : pauses) {
    const int64_t end = std::min<int64_t>((pause.end + kStep - 1) / kStep, int64_t(levels.size()));
    for (int64_t i = std::max<int64_t>(0, pause.begin / kStep); i < end; ++i) planned[i] = true;
  }
  SoundSpan longest;
  int64_t begin = -1, unplanned = 0;
  for (size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] >= silent_db) begin = -1;
    if (levels[i] >= silent_db || planned[i]) continue;
    if (begin < 0) unplanned = 0;
    if (begin < 0) begin = static_cast<int64_t>(i) * kStep;
    unplanned += kStep;
    if (unplanned > longest.samples()) longest = {begin, begin + unplanned};
  }
  return longest;
}

// Runs of frames that are like those `lag` before them.
class Sameness {
 public:
  Sameness(const std::vector<float>& samples, const std::vector<double>& levels, double faint_db) {
    torch::NoGradGuard no_grad;
    MelOptions options;
    options.hop = kFrame;
    options.bands = 40;
    options.highest_hz = 4000;  // noise above differs even where a vocoder says the same again
    const auto size = static_cast<int64_t>(samples.size()) / kFrame * kFrame;
    const torch::Tensor wave =
        torch::from_blob(const_cast<float*>(samples.data()), {1, size}, torch::kFloat);
    mel_ = LogMel(options).frames(wave)[0].contiguous();
    for (int64_t t = 0; t < mel_.size(0); ++t)
      loud_.push_back(std::max(levels[2 * t], levels[2 * t + 1]) > faint_db);
  }

  // The longest such run, of the sound that is there twice.
  SoundSpan longest(int64_t lag) const {
    SoundSpan best;
    int64_t run = 0;
    for (int64_t t = lag; t < mel_.size(0); ++t) {
      run = same(t, lag) ? run + 1 : 0;
      if (run * kFrame > best.samples()) best = {(t + 1 - run) * kFrame, (t + 1) * kFrame};
    }
    return best;
  }

 private:
  bool same(int64_t t, int64_t lag) const {
    if (!loud_[t] || !loud_[t - lag]) return false;
    const int64_t bands = mel_.size(1);
    const float* a = mel_.data_ptr<float>() + t * bands;
    const float* b = a - lag * bands;
    float sum = 0;
    for (int64_t k = 0; k < bands; ++k) sum += std::abs(a[k] - b[k]);
    return sum < kSame * static_cast<float>(bands);
  }

  torch::Tensor mel_;  // [T, bands]
  std::vector<bool> loud_;
};

}  // namespace

SoundMeasures measure_sound(const std::vector<float>& samples,
                            const std::vector<SoundSpan>& words,
                            const std::vector<SoundSpan>& pauses) {
  SoundMeasures out;
  out.finite =
      std::all_of(samples.begin(), samples.end(), [](float x) { return std::isfinite(x); });
  if (!out.finite) return out;
  out.clipped_share = clipped_share(samples);
  const std::vector<double> levels = levels_of(samples);
  if (levels.empty()) return out;
  const double loud = loud_level(levels);
  out.dead_air = dead_air(levels, loud + kSilentDb, pauses);
  const Sameness sameness(samples, levels, loud + kFaintDb);
  out.frozen = sameness.longest(1);
  for (int64_t lag = 2; lag <= kLongestLag; ++lag) {
    const SoundSpan found = sameness.longest(lag);
    if (found.samples() > out.repeated.samples()) out.repeated = found;
  }
  for (const SoundSpan& word : words) {
    double db = word.samples() > 0 ? -200 : loud;
    const int64_t end = std::min<int64_t>((word.end + kStep - 1) / kStep, int64_t(levels.size()));
    for (int64_t i = std::max<int64_t>(0, word.begin / kStep); i < end; ++i)
      db = std::max(db, levels[i]);
    out.word_db.push_back(db - loud);
  }
  return out;
}

}  // namespace tts
