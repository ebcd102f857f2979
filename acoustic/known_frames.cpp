#include "acoustic/known_frames.h"

namespace tts {
namespace {

// How many rows have known frames, and how much of a row is the gap at least.
constexpr double kInfillShare = 0.5, kShortestGap = 0.3;

}  // namespace

Tensor random_known(const Tensor& lengths, int64_t frames, const Tensor& like) {
  const auto options = like.options();
  const Tensor uniform = torch::rand({lengths.size(0), 3}, options);
  const Tensor length = lengths.to(options).unsqueeze(1);
  const Tensor gap = (kShortestGap + (1 - kShortestGap) * uniform.slice(1, 0, 1)) * length;
  // The gap may reach beyond either end, so that prompts without an end are met as well.
  const Tensor start = uniform.slice(1, 1, 2) * (length + gap) - gap;
  const Tensor index = torch::arange(frames, options).unsqueeze(0);
  const Tensor given = (index < start) | (index >= start + gap);
  const Tensor row = uniform.slice(1, 2, 3) < kInfillShare;
  return (given & row & (index < length)).to(options.dtype()).unsqueeze(2);
}

}  // namespace tts
