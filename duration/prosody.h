// From a prosody per symbol to frames: rounding, speed, and the smooth contours that condition
// every generator.
#pragma once
#include <torch/torch.h>

#include <vector>

#include "core/types.h"

namespace tts {

struct ProsodyControls {
  double speed_ratio = 1;      // 0.5 … 2: durations are divided by it
  double pitch_semitones = 0;  // added to F0
  double energy_db = 0;        // added to the energy
};

// Frames per symbol: float durations / speed, rounded so that every boundary is the rounded
// cumulative sum (no drift). Symbols of silence that round below two frames vanish where `optional`
// says so; all others get at least one frame, which the next ones give up, or a weak vowel planned
// short would be skipped. durations: [B, N] float, lengths: [B],
// optional: [B, N] bool → [B, N] int64
Tensor round_durations(const Tensor& durations,
                       const Tensor& lengths,
                       const Tensor& optional,
                       double speed_ratio);

// The same for one row whose lengths, in frames, are scaled already. → [N]
std::vector<int64_t> round_lengths(const std::vector<double>& lengths,
                                   const std::vector<bool>& optional);

// Sets condition.durations' companions log_f0, voicing and energy [B, T]: straight lines through
// the symbols' values at their centres, so that controls act smoothly. Needs condition.durations
// [B, N].
void expand_prosody(const Prosody& prosody,
                    const ProsodyControls& controls,
                    double energy_deviation,
                    Condition& condition);

}  // namespace tts
