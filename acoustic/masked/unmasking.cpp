#include "acoustic/masked/unmasking.h"

#include <cmath>

namespace tts {

std::vector<int64_t> steps_per_level(int64_t steps, int64_t levels) {
  std::vector<int64_t> out;
  for (int64_t q = 0; q < levels; ++q, steps = (steps + 1) / 2) out.push_back(steps);
  return out;
}

int64_t masked_after(int64_t step, int64_t steps, int64_t frames) {
  if (step + 1 >= steps) return 0;
  const double share = std::cos(M_PI / 2 * static_cast<double>(step + 1) / steps);
  return static_cast<int64_t>(std::floor(share * frames));
}

Tensor least_confident(const Tensor& confidence,
                       const Tensor& masked,
                       const std::vector<int64_t>& remaining) {
  const Tensor order =
      confidence.masked_fill(~masked, std::numeric_limits<float>::infinity()).argsort(1, false);
  const Tensor rank = order.argsort(1, false);  // [B, T]
  const Tensor limits = torch::tensor(remaining, rank.options()).unsqueeze(1);
  return masked & (rank < limits);
}

}  // namespace tts
