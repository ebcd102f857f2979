// IPA string → symbols: one phone each, with stress and length as attributes.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/text_types.h"

namespace tts {

// One word's IPA. Diphthongs and affricates are merged ("aɪ", "tʃ"), "ː" sets long_mark, a stress
// mark lands on the vowel of its syllable, tie bars, syllable dots and half-length marks vanish,
// combining marks stay on their phone. `language` ("en-us") picks the diphthongs. With `separator`
// (espeak's output) phones are first cut there, which decides doubtful vowel pairs.
std::vector<Symbol> symbols_from_ipa(std::string_view ipa,
                                     std::string_view language,
                                     char separator = '\0');

// For display: phones with their marks, stress before the vowel: "hə lˈoʊ" without the spaces.
std::string ipa_from_symbol(const Symbol& symbol);

bool is_vowel_phone(std::string_view phone);

// "en-us" → "en".
std::string_view language_family(std::string_view language);

// "en_US", "EN-US" → "en-us", as espeak-ng writes it.
std::string canonical_language(std::string_view language);

}  // namespace tts
