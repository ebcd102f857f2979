#include "analysis/f0.h"

#include <algorithm>
#include <cmath>

#include "analysis/f0_candidates.h"
#include "core/error.h"

namespace tts {
namespace {

// Boersma's constants for speech. The first two are above Praat's (0.45 and 0.03): low-passed noise
// correlates more than noise of the full band.
constexpr float kVoicingThreshold = 0.5f;   // an unvoiced frame's score
constexpr float kSilenceThreshold = 0.05f;  // of the recording's peak
constexpr float kOctaveCost = 0.01f;        // per octave downwards: 2T correlates as well as T
constexpr float kOctaveJumpCost = 0.35f;    // per octave between neighbours, at a 10 ms hop
constexpr float kVoicingCost = 0.14f;       // per change of voicing, at a 10 ms hop

// One possible state of a frame. hz 0: unvoiced.
struct State {
  float hz;
  float strength;
  float log2_hz;
  float score;
  int previous = 0;  // in the frame before, on the best path to here
};

std::vector<State> states_of(const F0Frame& frame, float global_peak, float lowest_hz) {
  const float level = global_peak > 0 ? frame.peak / global_peak : 0;
  const float quiet = std::max(0.0f, 2 - level * (1 + kVoicingThreshold) / kSilenceThreshold);
  std::vector<State> states = {{0, 0, 0, kVoicingThreshold + quiet}};
  for (const F0Candidate& candidate : frame.candidates) {
    const float log2_hz = std::log2(candidate.hz);
    const float score = candidate.strength + kOctaveCost * (log2_hz - std::log2(lowest_hz));
    states.push_back({candidate.hz, candidate.strength, log2_hz, score});
  }
  return states;
}

float transition_cost(const State& from, const State& to) {
  if (from.hz == 0 && to.hz == 0) return 0;
  if (from.hz == 0 || to.hz == 0) return kVoicingCost;
  return kOctaveJumpCost * std::abs(from.log2_hz - to.log2_hz);
}

// Viterbi: afterwards each state's score is that of the best path to it.
void accumulate(std::vector<std::vector<State>>& frames, float cost_scale) {
  for (size_t t = 1; t < frames.size(); ++t) {
    for (State& state : frames[t]) {
      float best = -1e30f;
      for (size_t k = 0; k < frames[t - 1].size(); ++k) {
        const State& from = frames[t - 1][k];
        const float score = from.score - cost_scale * transition_cost(from, state);
        if (score > best) {
          best = score;
          state.previous = static_cast<int>(k);
        }
      }
      state.score += best;
    }
  }
}

F0Track trace_back(const std::vector<std::vector<State>>& frames) {
  F0Track track;
  track.f0_hz.resize(frames.size());
  track.voicing.resize(frames.size());
  if (frames.empty()) return track;
  const auto by_score = [](const State& a, const State& b) { return a.score < b.score; };
  const auto& last = frames.back();
  auto best = static_cast<int>(std::max_element(last.begin(), last.end(), by_score) - last.begin());
  for (size_t t = frames.size(); t-- > 0;) {
    const State& state = frames[t][best];
    track.f0_hz[t] = state.hz;
    track.voicing[t] = state.strength;
    best = state.previous;
  }
  return track;
}

void check(int sample_rate_hz, const F0Options& options) {
  if (sample_rate_hz < 8000) {
    fail(ErrorCode::kUsage, "F0 needs at least 8000 samples per second, not ", sample_rate_hz);
  }
  if (!(options.lowest_hz >= 20 && options.lowest_hz * 1.5 <= options.highest_hz &&
        options.highest_hz <= 1200 && options.hop_s >= 0.001 && options.hop_s <= 0.1)) {
    fail(ErrorCode::kUsage,
         "F0 from ",
         options.lowest_hz,
         " to ",
         options.highest_hz,
         " Hz every ",
         options.hop_s,
         " s is not possible; give 20 to 1200 Hz, at least ",
         "half an octave, every 0.001 to 0.1 s");
  }
}

}  // namespace

F0Track track_f0(const float* samples, size_t count, int sample_rate_hz, const F0Options& options) {
  check(sample_rate_hz, options);
  const std::vector<F0Frame> frames = f0_frames(samples, count, sample_rate_hz, options);
  float global_peak = 0;
  for (const F0Frame& frame : frames) global_peak = std::max(global_peak, frame.peak);
  std::vector<std::vector<State>> states;
  for (const F0Frame& frame : frames) {
    states.push_back(states_of(frame, global_peak, static_cast<float>(options.lowest_hz)));
  }
  accumulate(states, static_cast<float>(0.01 / options.hop_s));
  return trace_back(states);
}

std::vector<float> interpolate_log_f0(const F0Track& track) {
  const auto& f0 = track.f0_hz;
  const size_t frames = f0.size();
  std::vector<float> out(frames, std::log(150.0f));
  size_t last = frames;  // the voiced frame before, `frames` if none yet
  for (size_t t = 0; t < frames; ++t) {
    if (f0[t] <= 0) continue;
    out[t] = std::log(f0[t]);
    for (size_t gap = last == frames ? 0 : last + 1; gap < t; ++gap) {
      const float part = last == frames ? 1 : float(gap - last) / float(t - last);
      out[gap] = last == frames ? out[t] : out[last] + part * (out[t] - out[last]);
    }
    last = t;
  }
  if (last < frames) std::fill(out.begin() + last, out.end(), out[last]);
  return out;
}

}  // namespace tts
