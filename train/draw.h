// Random choices of the trainers, from torch's generator, which the loop seeds by (seed, step).
#pragma once
#include <torch/torch.h>

#include <algorithm>

namespace tts {

// In [0, 1).
inline double draw_uniform() {
  return torch::rand({1}, torch::kDouble).item<double>();
}

// In [0, count).
inline size_t draw_index(size_t count) {
  return std::min(count - 1, static_cast<size_t>(draw_uniform() * static_cast<double>(count)));
}

}  // namespace tts
