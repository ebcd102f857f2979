// Words in capitals: acronyms by letters or as words, and shouting.
#pragma once
#include <optional>
#include <string>

#include "text/normalise/language.h"

namespace tts {

// How a word with two or more capitals is read: "NBA" by letters, "NASA" and "HELLO" as words in
// small letters, "CDs" as letters with an s. Nothing for ordinary words ("Hello", "iPhone"). As
// Expansion.
std::optional<std::string> capitals_in_words(const std::string& written,
                                             const Neighbours& around,
                                             const Language& language);

}  // namespace tts
