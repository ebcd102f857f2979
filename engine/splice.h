// New sound in a recording: as loud as what it stands in, cross-faded at the seams, everything else
// sample for sample.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/event.h"

namespace tts {

// Sound for a gap, with sound like the recording's on both sides of it.
struct Patch {
  std::vector<float> samples;
  int64_t lead = 0, trail = 0;  // samples before and behind the gap
  int64_t gap() const { return static_cast<int64_t>(samples.size()) - lead - trail; }
};

// Replaces samples [cut.begin, cut.end) of the recording by the patch's gap. Only in the
// fade_samples before and behind them does the recording change, into the patch and back; without a
// patch (no samples) its two ends are faded into each other. The patch's level follows a line, in
// decibels, through what brings its two sides to the recording's.
std::vector<float> splice(const std::vector<float>& recording,
                          SampleSpan cut,
                          Patch patch,
                          int64_t fade_samples);

}  // namespace tts
