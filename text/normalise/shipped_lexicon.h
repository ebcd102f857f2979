// The pronunciations that a language ships: lexicon.tsv beside its rules, bytes of the program.
#pragma once
#include <string_view>

#include "text/lexicon.h"

namespace tts {

// The text of text/normalise/FOLDER/lexicon.tsv; empty when there is none. Generated.
std::string_view shipped_lexicon_text(std::string_view folder);

// Of a language as espeak-ng names it, "en-us"; empty for one that ships none. It weighs least: the
// caller's lexicons and the homograph rules go before it.
const Lexicon& shipped_lexicon(std::string_view code);

}  // namespace tts
