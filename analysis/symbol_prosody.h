// What a recording's frames say about its symbols: means over each symbol's stretch.
#pragma once
#include <torch/torch.h>

namespace tts {

using torch::Tensor;

// Weighted mean of `values` over each symbol's stretch of frames; symbols without weight get 0.
// values, weights: [T] float, durations: [N] int64 that sum to T → [N]
Tensor symbol_means(const Tensor& values, const Tensor& weights, const Tensor& durations);

// Symbols that are not present (<= 0) take the line through their neighbours, or `fallback` when
// none is. values, present: [N] float → [N]
Tensor bridge(const Tensor& values, const Tensor& present, float fallback);

}  // namespace tts
