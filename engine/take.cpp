#include "engine/take.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "codec/codec.h"

namespace tts {
namespace {

// Edge silence that is kept of what the duration model predicts: onsets and decays lie in it.
constexpr int64_t kKeptLead = kSampleRateHz * 60 / 1000;
constexpr int64_t kKeptTrail = kSampleRateHz * 140 / 1000;
constexpr int64_t kKeptAtStart = kSampleRateHz * 120 / 1000;  // before the first phone of all
// Text of punctuation alone.
constexpr double kNothingSaidS = 0.25;

int64_t to_samples(double seconds) {
  return std::llround(seconds * kSampleRateHz);
}

int64_t sum(const std::vector<int64_t>& frames, size_t begin, size_t end) {
  return std::accumulate(frames.begin() + begin, frames.begin() + end, int64_t{0});
}

}  // namespace

bool Take::speaks() const {
  return std::any_of(symbols.symbols.begin(), symbols.symbols.end(), is_phone);
}

int64_t Take::total_samples() const {
  return kFrameSamples * sum(frames, 0, frames.size());
}

int64_t Take::lead_samples() const {
  const auto& list = symbols.symbols;
  const size_t first = std::find_if(list.begin(), list.end(), is_phone) - list.begin();
  return kFrameSamples * sum(frames, 0, first);
}

int64_t Take::trail_samples() const {
  const auto& list = symbols.symbols;
  const size_t behind = std::find_if(list.rbegin(), list.rend(), is_phone).base() - list.begin();
  return kFrameSamples * sum(frames, behind, frames.size());
}

SampleSpan Take::span_of(size_t symbol) const {
  const int64_t begin = kFrameSamples * sum(frames, 0, symbol);
  const int64_t end = begin + kFrameSamples * frames[symbol];
  return {start + std::clamp(begin, cut_begin, cut_end),
          start + std::clamp(end, cut_begin, cut_end)};
}

int64_t Placement::wanted_gap() const {
  return to_samples(exact_s_ >= 0 ? exact_s_ : natural_s_);
}

// The first phone stands wanted_gap() behind the last one; of the silence around them at most the
// kept lengths come from the takes, the rest is zeros.
void Placement::place(Take& take) {
  const auto note_gap = [&](const Gap& gap) {
    if (gap.exact) exact_s_ = std::max(exact_s_, 0.0) + gap.seconds;
    if (!gap.exact) natural_s_ = std::max(natural_s_, gap.seconds);
  };
  if (!take.speaks()) return note_gap(take.after);
  const bool free_start = !spoken_ && exact_s_ < 0;
  const int64_t owed =
      free_start ? kKeptAtStart : std::max<int64_t>(0, wanted_gap() - since_phone_);
  const int64_t lead = take.lead_samples(), trail = take.trail_samples();
  const int64_t kept_lead = std::min({lead, owed, free_start ? kKeptAtStart : kKeptLead});
  take.silence_before = free_start ? 0 : owed - kept_lead;
  take.cut_begin = lead - kept_lead;
  take.start = position_ + take.silence_before - take.cut_begin;

  natural_s_ = 0;
  exact_s_ = -1;
  note_gap(take.after);
  const int64_t kept_trail = std::min({trail, kKeptTrail, wanted_gap()});
  take.cut_end = take.total_samples() - trail + kept_trail;
  position_ += take.silence_before + take.cut_end - take.cut_begin;
  since_phone_ = kept_trail;
  spoken_ = true;
}

int64_t Placement::end_silence() const {
  return rest() + (position_ == 0 ? to_samples(kNothingSaidS) : 0);
}

int64_t Placement::rest() const {
  if (exact_s_ < 0) return 0;
  return std::max<int64_t>(0, wanted_gap() - since_phone_);
}

}  // namespace tts
