#include "acoustic/masked/unmasking.h"

#include <cmath>

#include "core/error.h"

namespace tts {

std::vector<int64_t> steps_per_level(const std::vector<int64_t>& given,
                                     int64_t steps,
                                     int64_t levels) {
  std::vector<int64_t> out = given;
  if (static_cast<int64_t>(out.size()) > levels) {
    fail(ErrorCode::kUsage,
         "level-steps has ",
         out.size(),
         " numbers; the codec has ",
         levels,
         " levels");
  }
  if (!out.empty()) out.resize(levels, given.back());
  for (int64_t q = out.size(); q < levels; ++q, steps = (steps + 1) / 2) out.push_back(steps);
  return out;
}

Tensor over_spans(const Tensor& x, int64_t span) {
  if (span == 1) return x;
  const int64_t frames = x.size(1), spans = (frames + span - 1) / span;
  // The last frame again fills the last span: it changes no maximum.
  const Tensor rest = x.slice(1, frames - 1).expand({-1, spans * span - frames});
  return torch::cat({x, rest}, 1).view({x.size(0), spans, span}).amax(2);
}

Tensor spread_spans(const Tensor& spans, int64_t span, int64_t frames) {
  return (span == 1 ? spans : spans.repeat_interleave(span, 1)).slice(1, 0, frames);
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
