// Writing levels one after the other, each in a few unmasking steps: the loop of the masked
// generator and, at one step per level, of the second stage behind an autoregressive first level.
#pragma once
#include "acoustic/masked/level_network.h"

namespace tts {

struct LevelPlan {
  int64_t first_level = 0;     // the levels below are there already
  std::vector<int64_t> steps;  // unmasking steps of each level, [Q]
  uint32_t first_draw = 0;     // of the rows' random streams
};

// Writes what is unknown() in frames.codes, and keeps what is not. untold: [B, T, C], the condition
// of guidance. → codes [B, T, Q], zero beyond a row's end
Tensor write_levels(LevelNetworkImpl& network,
                    const LevelNetworkImpl::Frames& frames,
                    const Tensor& untold,
                    const LevelPlan& plan,
                    const Sampling& sampling);

}  // namespace tts
