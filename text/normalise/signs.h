// Single characters that are neither letters nor digits. Silent, and not reported, is what a
// reader passes over: trademark signs, daggers, asterisks, slashes and backslashes, unless a rule
// reads them (addresses, paths, "he/she", "w/o", "10 km/day").
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
