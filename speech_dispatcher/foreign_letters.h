// Letters of scripts that a language is not written in, for a voice that cannot read them: a screen
// reader's user must hear that something is there.
#pragma once
#include <string>

namespace tts {

// The text with its runs of such letters in Latin ones: "Привет" → "Privet". What has no Latin form
// is named as Unicode does. Tags of XML stay. A lone Greek letter stays: it is read by its name.
std::string in_latin(const std::string& xml, const std::string& language);

// "Cyrillic ya", "kyrillisch ya"; "" for any other character.
std::string foreign_letter_name(char32_t letter, const std::string& language);

}  // namespace tts
