// <cctype> for ASCII alone, in no locale: a host's Turkish or Latin-1 locale changes what tolower
// and isalpha answer. Bytes from 0x80 are in no class and stay as they are.
#pragma once
#include <string>

namespace tts {

constexpr bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool is_ascii_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

constexpr bool is_ascii_alpha(char c) {
  return is_ascii_upper(c) || (c >= 'a' && c <= 'z');
}

constexpr bool is_ascii_alnum(char c) {
  return is_ascii_digit(c) || is_ascii_alpha(c);
}

constexpr bool is_ascii_punct(char c) {
  return c > ' ' && c < 0x7F && !is_ascii_alnum(c);
}

constexpr char ascii_lower(char c) {
  return is_ascii_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr char ascii_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

inline std::string ascii_lower(std::string text) {
  for (char& c : text) c = ascii_lower(c);
  return text;
}

}  // namespace tts
