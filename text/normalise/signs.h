// Single characters that are neither letters nor digits.
#pragma once
#include <string>

#include "text/normalise/language.h"

namespace tts {

enum class SignRole { kMark, kSpoken, kQuote, kSilent, kUnknown };

struct Sign {
  SignRole role = SignRole::kUnknown;
  std::string text;  // the mark as a symbol, or the words
};

// `spaced`: white space stands on both sides; `joined`: letters or digits stand on both sides.
Sign read_sign(char32_t c, bool spaced, bool joined, const Language& language);

}  // namespace tts
