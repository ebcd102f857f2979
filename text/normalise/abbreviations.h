// Abbreviations, with and without dots: "Dr.", "e.g.", "z. B.", "U.S.", initials.
#pragma once
#include <unicode/unistr.h>

#include <optional>
#include <string>

#include "text/normalise/language.h"

namespace tts {

struct AbbreviationHit {
  int32_t end = 0;
  std::string spoken;  // as Expansion
  bool may_end_sentence = false;
};

// The longest abbreviation that starts at `at`, where a word of the text starts.
std::optional<AbbreviationHit> match_abbreviation(const icu::UnicodeString& text,
                                                  int32_t at,
                                                  const Language& language);

}  // namespace tts
