// Fundamental frequency and voicing of speech, after
//   P. Boersma, "Accurate short-term analysis of the fundamental frequency and the
//   harmonics-to-noise ratio of a sampled sound", IFA Proceedings 17, 1993:
// the autocorrelation of a windowed frame, divided by the window's own, has a peak at the period;
// the best path through the peaks of all frames decides octaves and voicing.
// docs/measured/f0.md compares it with Praat and WORLD.
#pragma once
#include <cstddef>
#include <vector>

namespace tts {

struct F0Track {
  std::vector<float> f0_hz;    // [T] 0 where unvoiced
  std::vector<float> voicing;  // [T] 0..1: the frame's correlation with itself one period later
                               // (below 2.5 kHz); 0 where unvoiced
};

struct F0Options {
  double lowest_hz = 60;
  double highest_hz = 500;
  double hop_s = 0.01;  // frame t is centred on (t + 0.5) * hop
};

// samples: [S] -> T = S / hop frames, rounded down. Any level from a whisper to full scale; silence
// gives unvoiced frames. Throws kUsage for options that make no sense (8000 Hz is the lowest rate).
F0Track track_f0(const float* samples,
                 size_t count,
                 int sample_rate_hz,
                 const F0Options& options = {});

// [T] natural log of Hz: linear through unvoiced stretches, the edges held; log(150) throughout
// when nothing is voiced.
std::vector<float> interpolate_log_f0(const F0Track& track);

}  // namespace tts
