// std::string::ends_with of C++20.
#pragma once
#include <string>

namespace tts {

inline bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace tts
