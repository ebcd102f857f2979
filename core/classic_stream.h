// String streams that print and read as in C's locale, whatever std::locale::global the host
// program has set: there, 12345 would print as "12.345", and a blank may be a byte of UTF-8.
#pragma once
#include <locale>
#include <sstream>
#include <string>

namespace tts {

class ClassicOutput : public std::ostringstream {
 public:
  ClassicOutput() { imbue(std::locale::classic()); }
};

class ClassicInput : public std::istringstream {
 public:
  explicit ClassicInput(const std::string& text = "") : std::istringstream(text) {
    imbue(std::locale::classic());
  }
};

}  // namespace tts
