// Pronunciation Lexicon Specification 1.0 (W3C 2008).
#pragma once
#include <string>
#include <string_view>

#include "text/lexicon.h"

namespace tts {

// Adds the lexemes of a document: each <grapheme> with the <phoneme> or <alias> that says
// prefer="true", else the first. What is not followed is a warning of the lexicon. Throws
// Error(kInput) naming `name`, line, column and element, and as XmlSource does.
void read_pls(std::string_view xml, const std::string& name, Lexicon& lexicon);

}  // namespace tts
