// What stands around a written form, beyond the next words: predicates for rules.
#pragma once
#include <string>

#include "text/normalise/language.h"

namespace tts {

// The `distance`-th word to the left, in small letters, across commas, colons and brackets but not
// across the end of a sentence; empty when there is none. 1 is the next one.
std::string word_before(const Neighbours& around, int distance);
// Whether one of the last `reach` words is among `words`.
bool cue_before(const Neighbours& around, const Words& words, int reach);

// A quotation mark of this kind was opened on this line and not yet closed: one that stands here
// closes it and is no foot or inch.
bool in_quotes(const Neighbours& around, char16_t quote);

// The character `distance` before or after the form, spaces not counted; 0 when there is none.
char16_t sign_before(const Neighbours& around);
char16_t sign_after(const Neighbours& around);

// Nothing but a full stop's end, a closing quote or the text's end follows.
bool ends_sentence(const Neighbours& around, const Language& language);

// The form is part of a calculation: "=" or another operator with a number stands beside it.
bool in_equation(const Neighbours& around);

}  // namespace tts
