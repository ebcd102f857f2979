// Outputs of a connectionist temporal classifier for tests.
#pragma once
#include <torch/torch.h>

#include <cmath>

#include "analysis/ctc.h"

namespace tts {

struct CtcTable {
  torch::Tensor values;  // [T, width] log probabilities
  CtcRows rows() const { return {values.data_ptr<float>(), values.size(0), values.size(1)}; }
};

inline CtcTable random_table(int64_t frames, int64_t width, uint64_t seed) {
  torch::manual_seed(seed);
  return {torch::log_softmax(torch::randn({frames, width}) * 2, 1).contiguous()};
}

// Each frame's output with probability 0.9.
inline CtcTable table_that_says(const Outputs& frames, int64_t width) {
  torch::Tensor values =
      torch::full({static_cast<int64_t>(frames.size()), width}, 0.1 / (width - 1)).log();
  for (size_t t = 0; t < frames.size(); ++t)
    values[static_cast<int64_t>(t)][frames[t]] = std::log(0.9);
  return {values.contiguous()};
}

}  // namespace tts
