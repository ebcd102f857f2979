// Numbers in words, by ICU's rule-based spell-out.
#pragma once
#include <cstdint>
#include <string>

#include "text/normalise/language.h"

namespace tts {

// `rules`: a rule set of ICU's spell-out, e.g. "%spellout-ordinal". Soft hyphens stay between
// the parts of a German or Dutch number: "zwei\u00ADtausend"; espeak-ng misreads it in one piece.
// Soft hyphens are taken out.
std::string spell_out(const std::string& language, const std::string& rules, int64_t n);

std::string cardinal(const Language& language, int64_t n);

// Digits with the language's thousands marks and decimal mark, maybe a sign: "-1,234.50".
// Numbers of more than 15 digits without marks and those with leading zeros are read digit by
// digit.
std::string number_in_words(const Language& language, const std::string& written);

// "0451" → "zero four five one".
std::string digits_in_words(const Language& language, const std::string& digits);

// The number's whole part without thousands marks: "1.234,50" → "1234"; and its digits after the
// mark.
std::string whole_digits(const Language& language, const std::string& written);
std::string decimal_digits(const Language& language, const std::string& written);

bool is_one(const Language& language, const std::string& written);
// "XIV" → 14; 0 when the letters are no well-formed numeral, in capitals, below 4,000.
int64_t roman_value(const std::string& roman);
int64_t to_integer(const std::string& digits);  // -1 when it has more than 15 digits or none

}  // namespace tts
