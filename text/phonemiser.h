// The interface behind which words become phones.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "core/text_types.h"

namespace tts {

// A word of a clause as it is to be spoken. `ipa`, when given, is how: from [[ipa]], a lexicon, a
// rule.
struct ClauseWord {
  std::string text;
  std::string ipa;
};

// Words [first_word, first_word + word_count) of the clause: usually one, several where they merge.
// Each group of phones is one spoken word; there is none where nothing is pronounced.
struct PhonemeRun {
  size_t first_word = 0;
  size_t word_count = 1;
  std::vector<std::vector<Symbol>> groups;
};

class Phonemiser {
 public:
  virtual ~Phonemiser() = default;
  // Runs cover all words in order. Thread-safe.
  virtual std::vector<PhonemeRun> phonemise(const std::vector<ClauseWord>& clause) const = 0;
};

}  // namespace tts
