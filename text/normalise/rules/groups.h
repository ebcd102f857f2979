// Numbers and codes that are read character by character.
#pragma once
#include "text/normalise/rules/rules.h"

namespace tts {

// Letters by their names, digits one by one, a short rest where anything else stands.
std::string groups_in_words(const std::string& written, const Language& language);

}  // namespace tts
