// The first half of F0 tracking: each frame's possible periods, from its autocorrelation.
#pragma once
#include <cstddef>
#include <vector>

#include "analysis/f0.h"

namespace tts {

struct F0Candidate {
  float hz;
  float strength;  // 0..1, the normalised autocorrelation at this period
};

struct F0Frame {
  float peak = 0;                       // largest magnitude in the frame
  std::vector<F0Candidate> candidates;  // strongest first, none for a silent frame
};

// [S] -> [T] frames.
std::vector<F0Frame> f0_frames(const float* samples,
                               size_t count,
                               int sample_rate_hz,
                               const F0Options& options);

}  // namespace tts
