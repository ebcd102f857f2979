// Items → sentences.
#pragma once
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "text/items.h"

namespace tts {

enum class SentenceEnd { kFullStop, kParagraph, kTooLong };

// Items [first, last), the final mark included.
struct SentenceRange {
  size_t first = 0, last = 0;
  SentenceEnd end = SentenceEnd::kFullStop;
};

// Ends at . ? ! … unless the text goes on with a small letter; abbreviations carry their own dots
// and never end one, save those that may ("etc.") before a capital. Longer than kMaxSentenceWords:
// cut at the strongest mark or before one of the language's conjunctions.
std::vector<SentenceRange> split_sentences(const std::vector<Item>& items,
                                           const std::set<std::string>& conjunctions = {});

inline constexpr size_t kMaxSentenceWords = 60;

}  // namespace tts
