// A Document to look at: a table for people, JSON for programs.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "core/text_types.h"

namespace tts {

// Per sentence: what is spoken, the phonemes, and a line per word (bytes, written, spoken,
// phonemes).
// `explain`: with what decided each word.
std::string document_to_text(const Document& document, bool explain = false);

// {"sentences": [{"spoken", "language", "span": [begin, end], "phonemes", "pause_after_s",
//   "words": [{"written", "spoken", "span", "phonemes"}],
//   "symbols": [{"phone", "stress", "long", "word_end", "word", "pause_s"?}]}],
//  "warnings": [{"message", "span"}]}
nlohmann::json document_to_json(const Document& document);

// "ðɪ | ˈoʊld | klˈɑːk .": the symbols [first, first + count) as one line; kSilence is left out.
std::string phonemes_of(const Sentence& sentence, size_t first, size_t count);
std::string phonemes_of(const Sentence& sentence);

}  // namespace tts
