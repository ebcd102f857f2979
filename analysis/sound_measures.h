// What can be told of a sentence's sound without a recogniser: silences, stretches that stand still
// or come again, clipping, and how loud each word is. Numbers alone; what is too much of them is
// decided elsewhere (engine/verdict).
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tts {

// A stretch of samples at 24 kHz.
struct SoundSpan {
  int64_t begin = 0, end = 0;
  int64_t samples() const { return end - begin; }
};

struct SoundMeasures {
  bool finite = true;        // no sample is infinite or not a number; else nothing below is known
  double clipped_share = 0;  // samples that lie on the peak
  SoundSpan dead_air;        // the longest silence less what was planned in it
  SoundSpan frozen;          // the longest sound that does not change
  SoundSpan repeated;        // the longest sound that is what came shortly before
  std::vector<double> word_db;  // the loudest 10 ms of each word, beside the sentence's loud ones
};

// samples: at 24 kHz; of less than 10 ms little is known. words, pauses: where they should be; a
// word that is nowhere is an empty stretch, for which word_db is 0.
SoundMeasures measure_sound(const std::vector<float>& samples,
                            const std::vector<SoundSpan>& words,
                            const std::vector<SoundSpan>& pauses);

}  // namespace tts
