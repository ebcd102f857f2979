// What signs are called that speech does not say.
#pragma once
#include <string>

#include "speech_dispatcher/settings.h"

namespace tts {

// The name of a sign that `mode` wants to hear and that is not read anyway (as "%" is); "" for any
// other character.
std::string sign_name(char32_t c, Punctuation mode, const std::string& language);
// Of any character that has no sound of its own; "" for letters, digits and signs that are read.
std::string character_name(char32_t c, const std::string& language);
// Unicode's, "left-pointing double angle quotation mark"; in English.
std::string unicode_name(char32_t c);
// "capital"
std::string capital_name(const std::string& language);

}  // namespace tts
