// Where does the speech of a recording begin and end?
#pragma once
#include <cstddef>
#include <vector>

#include "audio/file.h"

namespace tts {

// Levels are relative to the recording's own, so that quiet recordings (RMS 0.03) are cut where
// loud ones are.
struct SilenceOptions {
  double below_speech_db = 35;      // quieter than this below its loud frames is silence …
  double above_noise_db = 6;        // … and so is what rises less than this above its background
  double shortest_speech_s = 0.03;  // anything shorter is a click
};

struct SpeechRange {
  size_t begin = 0;  // first sample of the speech
  size_t end = 0;    // behind the last; begin = end when there is none
};

// To 10 ms. samples: [S]
SpeechRange find_speech(const std::vector<float>& samples,
                        int sample_rate_hz,
                        const SilenceOptions& options = {});

}  // namespace tts
