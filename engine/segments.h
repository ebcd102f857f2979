// A sentence → the stretches that are generated in one piece: cut at [[pause …]] and where one
// would be too long for memory.
#pragma once
#include <cstddef>
#include <vector>

#include "core/text_types.h"

namespace tts {

// About 25 seconds of speech.
inline constexpr size_t kMaxSegmentSymbols = 400;

// Silence between the last phone before it and the first phone after it.
struct Gap {
  double seconds = 0;
  bool exact = false;  // asked for in the text: holds at the very end of the text, too
};

struct Segment {
  std::vector<Symbol> symbols;  // starts and ends with kSilence, holds no kPause
  Gap after;
};

// At least one segment; a segment may hold no phones. Several pauses in a row add up.
std::vector<Segment> segments_of(const Sentence& sentence, size_t max_symbols = kMaxSegmentSymbols);

// Spoken, as opposed to silence and punctuation.
inline bool is_phone(const Symbol& symbol) {
  return symbol.word >= 0;
}

}  // namespace tts
