// Homographs with rules of their own.
#pragma once
#include <string>

#include "text/normalise/english/grammar_cues.h"

namespace tts {

// IPA for read, live, lead, close, tear, minute, content …; empty for other words and when in
// doubt.
std::string special_homograph(const WordContext& context);

}  // namespace tts
