#include "audio/loudness.h"

#include <cmath>
#include <limits>
#include <memory>

#include "core/error.h"
#ifndef TTS_TRAIN_ONLY
#include <ebur128.h>
#endif

namespace tts {

#ifdef TTS_TRAIN_ONLY

double loudness_lufs(const float*, size_t, int) {
  fail(ErrorCode::kInput, "this trainer-only build cannot measure loudness");
}

#else

namespace {

constexpr double kShortestSeconds = 0.4;  // one gating block

struct Destroyer {
  void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
};

}  // namespace

double loudness_lufs(const float* samples, size_t count, int sample_rate_hz) {
  if (count == 0) return -std::numeric_limits<double>::infinity();
  const std::unique_ptr<ebur128_state, Destroyer> state(
      sample_rate_hz > 0 ? ebur128_init(1, sample_rate_hz, EBUR128_MODE_I) : nullptr);
  if (!state) fail(ErrorCode::kUsage, "loudness cannot be measured at ", sample_rate_hz, " Hz");
  const auto wanted = static_cast<size_t>(kShortestSeconds * sample_rate_hz) + 1;
  for (size_t fed = 0; fed == 0 || fed < wanted; fed += count) {
    if (ebur128_add_frames_float(state.get(), samples, count) != EBUR128_SUCCESS) {
      fail(ErrorCode::kInternal, "libebur128 ran out of memory");
    }
  }
  double loudness = 0;
  if (ebur128_loudness_global(state.get(), &loudness) != EBUR128_SUCCESS) {
    fail(ErrorCode::kInternal, "libebur128 cannot integrate");
  }
  return loudness;
}

#endif

}  // namespace tts
