// The sampler of masked generators: which codes are taken at each step (Chang et al., "MaskGIT").
#pragma once
#include "core/types.h"

namespace tts {

// Steps of each level: `steps` for the first, half as many for the next, and so on down to one.
std::vector<int64_t> steps_per_level(int64_t steps, int64_t levels);

// Frames of a row of `frames` still masked after step `step` of `steps`: the cosine schedule.
int64_t masked_after(int64_t step, int64_t steps, int64_t frames);

// Which of the masked frames stay masked: those of least confidence, of each row as many as
// `remaining` says. `masked`: [B, T] bool, `confidence`: [B, T] → [B, T] bool
Tensor least_confident(const Tensor& confidence,
                       const Tensor& masked,
                       const std::vector<int64_t>& remaining);

}  // namespace tts
