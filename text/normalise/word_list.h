// Sets of words as tables write them.
#pragma once
#include <string>

#include "core/classic_stream.h"
#include "text/normalise/language.h"

namespace tts {

// "in since by" → its words.
inline Words word_list(const char* words) {
  ClassicInput in(words);
  Words out;
  for (std::string word; in >> word;) out.insert(word);
  return out;
}

}  // namespace tts
