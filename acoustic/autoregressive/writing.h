// What the autoregressive generator keeps while it writes.
#pragma once
#include "acoustic/autoregressive/autoregressive.h"

namespace tts {

// Where a code is to be drawn, among codes that are known.
inline constexpr int64_t kFree = -1;

struct AutoregressiveGenerator::Writing {
  Tensor told;     // [B, S, C]; with guidance the rows come twice, the second time untold
  Tensor forced;   // [B, S, L] codes that are known, unknown() where there is none, or kFree
  Tensor written;  // [B, S, L]
  TrunkState state;
  std::unique_ptr<LevelCascade> rest;  // the levels above the trunk's, where the order has them
};

}  // namespace tts
