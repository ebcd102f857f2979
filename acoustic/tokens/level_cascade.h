// The upper levels behind lower ones that are still being written (the second stage of VALL-E, made
// to stream): a frame of a level needs the level below only as far to the right as the network
// sees, so each level follows the one below it at that distance. Frames are complete one such
// distance per level behind the first level, and the same whatever pieces that comes in.
#pragma once
#include "acoustic/tokens/level_network.h"

namespace tts {

class LevelCascade {
 public:
  // frames.codes: [B, T, Q] what is known in the network's levels, unknown() elsewhere; untold:
  // [B, T, C], the condition of guidance.
  LevelCascade(LevelNetworkImpl& network,
               LevelNetworkImpl::Frames frames,
               Tensor untold,
               const Sampling& sampling);

  // The next frames of the levels below the network's first, [B, t, first_level].
  void feed(const Tensor& below);
  int64_t fed() const { return ready_.front(); }
  // Frames whose last level is written.
  int64_t ready() const { return ready_.back(); }
  // [B, T, Q], zero beyond a row's end; unknown() where nothing is written yet.
  const Tensor& codes() const { return frames_.codes; }

 private:
  void write(int64_t level, int64_t begin, int64_t end);

  LevelNetworkImpl& network_;
  LevelNetworkImpl::Frames frames_;
  Tensor known_, untold_;
  Sampling sampling_;
  std::vector<int64_t> ready_;  // frames of the levels below, then of each level
};

}  // namespace tts
