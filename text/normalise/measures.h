// Units of measure and money of each language.
#pragma once
#include <map>
#include <string>

#include "text/normalise/language.h"

namespace tts {

std::map<std::string, Unit> english_units();
std::map<std::string, Unit> german_units();
std::map<std::string, Unit> dutch_units();

std::map<std::string, Currency> english_currencies();
std::map<std::string, Currency> german_currencies();
std::map<std::string, Currency> dutch_currencies();

}  // namespace tts
