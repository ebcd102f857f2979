// The sampler of masked generators: which codes are taken at each step (Chang et al., "MaskGIT").
#pragma once
#include "core/types.h"

namespace tts {

// Steps of each level: `steps` for the first, half as many for the next, and so on down to one.
std::vector<int64_t> steps_per_level(int64_t steps, int64_t levels);

// Frames of a row of `frames` still masked after step `step` of `steps`: the cosine schedule.
int64_t masked_after(int64_t step, int64_t steps, int64_t frames);

// [rows, frames] uniform in (0, 1), each a function of its row's stream, the draw and the frame.
Tensor uniform_numbers(const Sampling& sampling, uint32_t draw, int64_t rows, int64_t frames);

// One code per frame, drawn from log probabilities [B, T, entries] at a temperature (0: the
// likeliest), with one uniform number per frame of each row's own stream.
struct Draw {
  Tensor codes;              // [B, T] int64
  Tensor log_probabilities;  // [B, T] of the drawn codes, at temperature 1
};
Draw draw_codes(const Tensor& log_probabilities,
                double temperature,
                const Sampling& sampling,
                uint32_t draw);

// Which of the masked frames stay masked: those of least confidence, of each row as many as
// `remaining` says. `masked`: [B, T] bool, `confidence`: [B, T] → [B, T] bool
Tensor least_confident(const Tensor& confidence,
                       const Tensor& masked,
                       const std::vector<int64_t>& remaining);

}  // namespace tts
