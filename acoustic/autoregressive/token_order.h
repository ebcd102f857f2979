// In which order an autoregressive generator writes the codes of a sentence: the "codebook
// patterns" of MusicGen (Copet et al. 2023). A step writes codes of several levels at once; an
// order says at which step the code of frame t and level q stands. The trunk writes the first steps
// one after the other, the rest follows in parallel.
#pragma once
#include <torch/torch.h>

#include <string>
#include <vector>

namespace tts {

using torch::Tensor;

class TokenOrder {
 public:
  virtual ~TokenOrder() = default;
  virtual const char* name() const = 0;

  // Codes of frames as steps, `absent` where a step writes no code of a level, and back.
  // [B, T, Q] ↔ [B, steps, Q]
  virtual Tensor interleave(const Tensor& codes, int64_t absent) const = 0;
  virtual Tensor restore(const Tensor& steps) const = 0;

  // What the trunk writes: its steps, and the levels of each.
  virtual int64_t trunk_steps(int64_t frames, int64_t levels) const = 0;
  virtual int64_t trunk_levels(int64_t levels) const = 0;
  // Frames of which all levels are there after so many steps of the trunk.
  virtual int64_t whole_frames(int64_t steps, int64_t levels) const = 0;
};

// "delay": level q of frame t at step t + q, so that a level knows those below it (MusicGen).
// "coarse_first": the first level frame by frame, then all others of all frames (VALL-E, Wang et
//   al. 2023).
const TokenOrder& token_order(const std::string& name);
std::vector<std::string> token_order_names();

}  // namespace tts
