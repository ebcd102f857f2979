#pragma once
#include "text/normalise/language.h"

namespace tts {

// Dutch words, abbreviations, units, money; without the grammar functions.
Language dutch_tables();

}  // namespace tts
