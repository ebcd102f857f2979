// Emoji by name.
#pragma once
#include <unicode/unistr.h>

#include <string>

#include "text/normalise/language.h"

namespace tts {

// Words for one emoji with its modifiers: "grinning face", "flag of Germany".
// Empty when the language has no name for it.
std::string emoji_in_words(const icu::UnicodeString& emoji, const Language& language);

}  // namespace tts
