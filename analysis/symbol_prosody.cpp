#include "analysis/symbol_prosody.h"

namespace tts {

Tensor symbol_means(const Tensor& values, const Tensor& weights, const Tensor& durations) {
  const Tensor zero = torch::zeros({1});
  const Tensor sums = torch::cat({zero, (values * weights).cumsum(0)});
  const Tensor counts = torch::cat({zero, weights.cumsum(0)});
  const Tensor ends = durations.cumsum(0), starts = ends - durations;
  const Tensor total = counts.index_select(0, ends) - counts.index_select(0, starts);
  return torch::where(
      total > 0.25,
      (sums.index_select(0, ends) - sums.index_select(0, starts)) / total.clamp_min(0.25),
      torch::zeros_like(total));
}

Tensor bridge(const Tensor& values, const Tensor& present, float fallback) {
  Tensor out = values.clone();
  auto v = out.accessor<float, 1>();
  const auto p = present.accessor<float, 1>();
  int64_t last = -1;
  for (int64_t i = 0; i < out.size(0); ++i) {
    if (p[i] <= 0) continue;
    for (int64_t k = last + 1; k < i; ++k)
      v[k] = last < 0 ? v[i] : v[last] + (v[i] - v[last]) * (k - last) / (i - last);
    last = i;
  }
  for (int64_t k = last + 1; k < out.size(0); ++k) v[k] = last < 0 ? fallback : v[last];
  return out;
}

}  // namespace tts
