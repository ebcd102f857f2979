// What the time rules of the languages share.
#pragma once
#include "text/normalise/rules/rules.h"

namespace tts {

// Nothing for a time that is none. Parts may be empty; `half` is "am", "pm" or empty.
Expansion checked_time(const std::string& hour,
                       const std::string& minute,
                       const std::string& second,
                       const std::string& half,
                       const Language& language);

}  // namespace tts
