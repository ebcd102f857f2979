// Loudness as heard, by EBU R 128 / ITU-R BS.1770 (libebur128).
#pragma once
#include <cstddef>

namespace tts {

// Integrated loudness in LUFS of one channel. Sounds below 0.4 s, too short for the standard's
// blocks, are measured as if repeated. Minus infinity for silence. Throws kUsage for an impossible
// rate, and kInput in a trainer-only build, which lacks libebur128.
double loudness_lufs(const float* samples, size_t count, int sample_rate_hz);

}  // namespace tts
