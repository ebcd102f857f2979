// Durations, F0 and energy of an edited stretch: measured where the recording stays, predicted in
// the gap and brought to the speaker's own rate and to what stands around it.
#pragma once
#include <vector>

#include "core/types.h"
#include "core/voice_manifest.h"

namespace tts {

// Of the symbols of a stretch of sound. samples: [480 T] at the voice's level, frames: [N] that sum
// to T. → [1, N], energy standardised with the voice's statistics
Prosody measure_prosody(const Tensor& samples,
                        const std::vector<int64_t>& frames,
                        const VoiceStatistics& statistics);

// The gain that brings a recording's sounding frames to the level that the voice's networks know.
double level_gain(const Tensor& samples, const VoiceStatistics& statistics);

// Symbols [0, begin) and [end, N) are known, [begin, end) is the gap.
struct ProsodyGap {
  int64_t begin = 0, end = 0;
};

// known: [1, N], any values in the gap; predicted: [1, N]. → [1, N], durations in the gap scaled by
// the rate of the known phones, F0 and energy shifted along a line through what the known phones
// nearest to the gap, up to eight on each side, have more than predicted. Everything outside stays
// as known. phones: [N] which symbols are phones.
Prosody fill_prosody(const Prosody& known,
                     const Prosody& predicted,
                     ProsodyGap gap,
                     const std::vector<bool>& phones);

}  // namespace tts
