// Sound files of any kind that libsndfile knows, from memory, as prompts come.
#include <algorithm>
#include <cmath>

#include "audio/file.h"
#include "tests/fuzz/fuzz.h"

using namespace tts;
using namespace tts::fuzz;

TTS_FUZZ_TARGET(audio, 3000, ErrorCode::kInput) {
  constexpr double kLongestS = 5;
  const Waveform wave = read_audio(bytes.data(), bytes.size(), "prompt", kLongestS);
  require(wave.sample_rate_hz >= 1, "rate ", wave.sample_rate_hz);
  require(!wave.samples.empty(), "no samples, and no error");
  require(static_cast<double>(wave.samples.size()) <= kLongestS * wave.sample_rate_hz,
          "longer than was allowed: ",
          wave.samples.size());
  require(std::all_of(
              wave.samples.begin(), wave.samples.end(), [](float x) { return std::isfinite(x); }),
          "samples that are not finite");
}
