// The names that requests may give a voice.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/join.h"

namespace tts {

struct VoiceNames {
  std::vector<std::string> known;              // the first is the default
  std::map<std::string, std::string> aliases;  // name → one of `known`; "*" is any other name

  // → one of `known`; "" for a name that is nobody's.
  std::string find(const std::string& name) const {
    if (contains(known, name)) return name;
    for (const std::string& alias : {name, std::string("*")}) {
      const auto found = aliases.find(alias);
      if (found != aliases.end()) return found->second;
    }
    return "";
  }
};

}  // namespace tts
