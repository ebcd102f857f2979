// Drawing codes: what the token generators share.
#pragma once
#include <vector>

#include "core/types.h"

namespace tts {

// Which draw of a row's stream, and of which frames: those from `first_frame` on.
struct DrawPlace {
  uint32_t draw = 0;
  int64_t first_frame = 0;
};

// [rows, frames] uniform in (0, 1), each a function of its row's stream, the draw and the frame.
Tensor uniform_numbers(const Sampling& sampling, DrawPlace place, int64_t rows, int64_t frames);

// At which temperature level q is drawn.
double temperature_of(const Sampling& sampling, int64_t q);

// Log probabilities [..., entries] with all but some of the likeliest codes at minus infinity: the
// k likeliest (0: all), or the fewest that together have probability p (nucleus sampling, Holtzman
// et al. 2020). One code always stays.
Tensor keep_top_k(const Tensor& log_probabilities, int64_t k);
Tensor keep_top_p(const Tensor& log_probabilities, double p);

// Which codes stand already in more than `share` of the last `window` frames of their history.
// codes: [B, T], history: [B, H, T] → [B, T] bool
Tensor repeated(const Tensor& codes, const Tensor& history, int64_t window, double share);

struct Draw {
  Tensor codes;              // [B, T] int64
  Tensor log_probabilities;  // [B, T] of the drawn codes, at temperature 1 and among all
};
// One code per frame, drawn from log probabilities [B, T, entries] with a uniform number per frame
// of each row's own stream. temperatures: one for all frames or one of each; at 0 the likeliest
// code. With a history, [B, H, T] codes that came before, a repeated code is drawn again from all
// codes (repetition-aware sampling, Chen et al., "VALL-E 2", 2024).
Draw draw_codes(const Tensor& log_probabilities,
                const std::vector<double>& temperatures,
                const Sampling& sampling,
                DrawPlace place,
                const Tensor& history = {});

}  // namespace tts
