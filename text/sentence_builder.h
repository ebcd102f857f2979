// A sentence's items → symbols and words with spans.
#pragma once
#include <string_view>
#include <vector>

#include "core/text_types.h"
#include "text/items.h"
#include "text/lexicon.h"
#include "text/normalise/language.h"
#include "text/phonemiser.h"
#include "text/sentence_splitter.h"
#include "text/unicode.h"

namespace tts {

struct SentenceContext {
  std::string_view source;  // the caller's text
  const CleanText& clean;
  const std::string& language;
  const Lexicon& lexicon;      // the caller's
  const Lexicon& own_lexicon;  // the language's
  const Language& rules;
  const Phonemiser& phonemiser;
};

// The natural pause after it is not set. A sentence of nothing but marks has two kSilence symbols.
Sentence build_sentence(const std::vector<Item>& items,
                        const SentenceRange& range,
                        const SentenceContext& context);

}  // namespace tts
