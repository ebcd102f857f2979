// Tables of units that a language builds from prefixes and names.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "text/normalise/language.h"

namespace tts {

struct Prefix {
  std::string key, name;  // "k", "kilo"
};

struct BaseUnit {
  std::string key, prefixes;  // "m", "kcmnµ": with which it is used
  Unit unit;
};

// "km" → kilometer for every prefix that a base is used with; entries that are there stay. The
// name after a prefix begins with a small letter: "Kilometer".
void add_prefixed_units(const std::vector<Prefix>& prefixes,
                        const std::vector<BaseUnit>& bases,
                        std::map<std::string, Unit>& units);

// Other ways of writing the same key: both micro signs, "KM" and "kwh" where nothing else is so
// written, "° C".
void add_spellings(std::map<std::string, Unit>& units);

}  // namespace tts
