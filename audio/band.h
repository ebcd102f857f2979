// How far up a recording goes. A telephone ends at 4 kHz, a recording at 16 kHz at 8: above there
// is nothing, and nothing to be learnt from the silence.
#pragma once
#include <torch/torch.h>

#include <cstdint>

namespace tts {

using torch::Tensor;

// The frequency above which the recording holds nothing although it plainly does below, in Hz; half
// the sample rate where nothing is missing (and for less than a tenth of a second). A voice that
// merely grows quieter towards the top is not cut off: the level must fall by 25 dB within 2 kHz
// and stay down.
double band_limit_hz(const float* samples, size_t count, int sample_rate_hz);

// The same of each row. wave: [B, S] on the CPU → [B] double
Tensor band_limits_hz(const Tensor& wave, int64_t sample_rate_hz);

// Removes what lies above each row's limit, without delay and differentiably; a limit of half the
// sample rate or more leaves a row as it is. The flank is 200 Hz wide and ends at the limit.
// wave: [B, S], limits_hz: [B] → [B, S]
Tensor low_pass(const Tensor& wave, const Tensor& limits_hz, int64_t sample_rate_hz);

}  // namespace tts
