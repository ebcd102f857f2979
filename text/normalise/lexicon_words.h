// Words of a lexicon in the forms that a text has them in.
#pragma once
#include <string>

#include "text/lexicon.h"
#include "text/normalise/language.h"

namespace tts {

// The IPA of a word: as written, then in any capitals, then of the word that it is the plural or
// the genitive of ("Nguyen's", "monsters"). Empty when the lexicon has none of them.
std::string ipa_in_lexicon(const std::string& word,
                           const Lexicon& lexicon,
                           const std::string& code,
                           const Language& language);

// Whether one of the parts of a word with hyphens has IPA there.
bool has_part_in_lexicon(const std::string& word,
                         const Lexicon& lexicon,
                         const std::string& code,
                         const Language& language);

}  // namespace tts
