// The sampler of masked generators: which codes are taken at each step (Chang et al., "MaskGIT").
#pragma once
#include "core/types.h"

namespace tts {

// Steps of each level as `given` says, the last number for all levels above; when it is empty,
// `steps` for the first, half as many for the next, and so on down to one.
std::vector<int64_t> steps_per_level(const std::vector<int64_t>& given,
                                     int64_t steps,
                                     int64_t levels);

// From frames to spans of `span` frames and back (Ziv et al., "MAGNeT", 2024): the largest of each
// span. x: [B, T] → [B, spans], the last span may be shorter; spans: [B, spans] → [B, T]
Tensor over_spans(const Tensor& x, int64_t span);
Tensor spread_spans(const Tensor& spans, int64_t span, int64_t frames);

// Frames of a row of `frames` still masked after step `step` of `steps`: the cosine schedule.
int64_t masked_after(int64_t step, int64_t steps, int64_t frames);

// Which of the masked frames stay masked: those of least confidence, of each row as many as
// `remaining` says. `masked`: [B, T] bool, `confidence`: [B, T] → [B, T] bool
Tensor least_confident(const Tensor& confidence,
                       const Tensor& masked,
                       const std::vector<int64_t>& remaining);

}  // namespace tts
