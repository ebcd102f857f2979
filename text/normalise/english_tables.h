#pragma once
#include "text/normalise/language.h"

namespace tts {

// English words, abbreviations, units, money; without the grammar functions.
Language english_tables();

}  // namespace tts
