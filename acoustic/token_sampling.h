// Drawing codes: what the token generators share.
#pragma once
#include "core/types.h"

namespace tts {

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

}  // namespace tts
