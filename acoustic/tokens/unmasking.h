// The sampler of masked generators: which codes are taken at each step (Chang et al., "MaskGIT").
#pragma once
#include "acoustic/tokens/token_sampling.h"

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

// The options of a request that the loop and its levels understand.
std::vector<std::string> unmasking_options();

// Which share of each row's frames is masked in training: the cosine of a uniform number. → [B, 1]
Tensor masked_share(int64_t rows, const torch::TensorOptions& numbers);

// What the loop needs to know of the sequence that it writes.
struct UnmaskingPlan {
  int64_t steps = 1;
  int64_t unknown = 0;  // stands for a code that is not known
  double temperature = 1;
  int64_t span = 1;  // frames that are unmasked together
  // Log probabilities [B, T, entries] of all codes, from those [B, T] that are known by now.
  std::function<Tensor(const Tensor& codes, double guidance)> predict;
  // How sure the drawn codes are, [B, T]; empty: their log probability.
  std::function<Tensor(const Draw& draw, const Tensor& codes)> confidence;
};

// Writes what is unknown in codes [B, T] where valid, the surest first; zero where not valid.
// draws: of the rows' streams, those that were used before; counted on.
Tensor unmask(Tensor codes,
              const Tensor& valid,
              const UnmaskingPlan& plan,
              const Sampling& sampling,
              uint32_t& draws);

}  // namespace tts
