// Text that is phonemes: "həlˈoʊ wˈɜːld." → "[[həlˈoʊ]] [[wˈɜːld]]." with the way back for spans.
#pragma once
#include <string_view>

#include "text/rewritten_text.h"

namespace tts {

// Words are separated by white space; punctuation at their ends stays punctuation; [[…]] is kept.
RewrittenText mark_ipa(std::string_view ipa);

}  // namespace tts
