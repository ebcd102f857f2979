// Writing levels one after the other, each in a few unmasking steps: the loop of the masked
// generator.
#pragma once
#include "acoustic/tokens/level_network.h"

namespace tts {

struct LevelPlan {
  std::vector<int64_t> steps;  // unmasking steps of each level, [Q]
  // With sampling.rescore: log probabilities [B, T] of the first level's codes [B, T, 1], some of
  // them unknown(), by another generator (MAGNeT, Ziv et al. 2024).
  std::function<Tensor(const Tensor& codes)> judge;
  uint32_t first_draw = 0;  // draws of the rows' streams that were used before
};

// Writes what is unknown() in frames.codes, and keeps what is not. untold: [B, T, C], the condition
// of guidance. → codes [B, T, Q], zero beyond a row's end
Tensor write_levels(LevelNetworkImpl& network,
                    const LevelNetworkImpl::Frames& frames,
                    const Tensor& untold,
                    const LevelPlan& plan,
                    const Sampling& sampling);

}  // namespace tts
