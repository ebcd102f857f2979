// What the unit rules of the languages share.
#pragma once
#include "text/normalise/rules/rules.h"

namespace tts {

// "square kilometers", "Quadratkilometer"; "meters per second squared". `power`: "²", "^3", "" …
std::string unit_in_words(const std::string& key,
                          const std::string& power,
                          bool one,
                          const Language& language);
// Whether the unit's noun has no plural here: one of it, or English "a 5 km run".
bool is_singular_unit(const std::string& number,
                      const Neighbours& around,
                      const Language& language);

}  // namespace tts
