// Which frames belong to which symbol, by a recogniser's frame outputs: the best path of the
// symbols through them (analysis/alignment_graph.h), at the codec's 50 frames per second.
#pragma once
#include <cstdint>
#include <vector>

#include "analysis/ctc.h"
#include "core/text_types.h"

namespace tts {

struct PhoneAlignment {
  std::vector<int64_t> durations;  // [N] codec frames; they sum to all frames
  double score = 0;                // mean log probability of the phones' frames
  bool possible = true;            // false: fewer frames than phones; no durations
};

// frames: rows of log probabilities, output 0 is silence. outputs: [N] of the symbols, kAnyPhone
// where the recogniser does not know one; ignored for silence, boundaries and marks.
PhoneAlignment align_phones(const CtcRows& frames,
                            const std::vector<Symbol>& symbols,
                            const Outputs& outputs);

}  // namespace tts
