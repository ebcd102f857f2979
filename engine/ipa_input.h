// Text that is phonemes: "həlˈoʊ wˈɜːld." → "[[həlˈoʊ]] [[wˈɜːld]]." with the way back for spans.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/text_types.h"

namespace tts {

struct MarkedIpa {
  std::string text;             // what the front end reads
  std::vector<size_t> origins;  // for each byte of it (and its end), the byte of the caller's text
};

// Words are separated by white space; punctuation at their ends stays punctuation; [[…]] is kept.
MarkedIpa mark_ipa(std::string_view ipa);

// Turns every span of a document of `marked.text` into one of the caller's text.
void restore_spans(const MarkedIpa& marked, std::string_view ipa, Document& document);

}  // namespace tts
