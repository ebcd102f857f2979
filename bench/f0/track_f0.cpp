// track_f0 FILE...: the F0 track of each recording as text, for compare.py.
//   # FILE seconds-of-audio CPU-seconds-taken
//   f0 voicing          one line for each frame
#include <cstdio>
#include <ctime>

#include "analysis/f0.h"
#include "audio/file.h"
#include "core/error.h"

int main(int argc, char** argv) {
  try {
    for (int i = 1; i < argc; ++i) {
      const tts::Waveform wave = tts::read_audio(argv[i]);
      const auto begin = std::clock();
      const auto track =
          tts::track_f0(wave.samples.data(), wave.samples.size(), wave.sample_rate_hz);
      const double taken = double(std::clock() - begin) / CLOCKS_PER_SEC;
      const double seconds = double(wave.samples.size()) / wave.sample_rate_hz;
      std::printf("# %s %.4f %.6f\n", argv[i], seconds, taken);
      for (size_t t = 0; t < track.f0_hz.size(); ++t) {
        std::printf("%.3f %.4f\n", track.f0_hz[t], track.voicing[t]);
      }
    }
  } catch (const tts::Error& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return tts::exit_code(e.code());
  }
}
