#pragma once
#include "text/normalise/language.h"

namespace tts {

// German words, abbreviations, units, money; without the grammar functions.
Language german_tables();

}  // namespace tts
