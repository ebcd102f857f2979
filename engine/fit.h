// Fitting a text to a length in time: durations stretched alike over all its sentences, no further
// than speech sounds natural.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/take.h"

namespace tts {

// Factors on durations.
struct Stretch {
  double phones = 1, pauses = 1;
};

// `place` is -1 for the shortest that sounds natural, 0 as predicted, 1 for the longest. Pauses
// take more of the change than phones, as in speakers who hurry or take their time.
Stretch stretch_at(double place);

// Sets the frames, gaps and places of a text's takes, which are in the order of speaking and hold
// their lengths as predicted, so that with the silence that is returned, for behind the last one,
// they last exactly `samples`. Exact pauses keep their length. Throws Error(kUsage) that states the
// range when it is outside.
int64_t fit_takes(const std::vector<Take*>& takes, int64_t samples);

}  // namespace tts
