// From what a rule says to the words that are spoken.
#pragma once
#include <string>
#include <vector>

#include "text/items.h"
#include "text/normalise/language.h"

namespace tts {

// The words of an Expansion (rules.h): letters get their names' IPA, numbers their respelling.
std::vector<SpokenWord> spoken_words(const std::string& expansion, const Language& language);

// One word, spoken as it is written; one of hundreds of letters in pieces.
std::vector<SpokenWord> as_written(const std::string& text);

}  // namespace tts
