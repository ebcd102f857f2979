#include "core/number_text.h"

#include <charconv>

#include "core/classic_stream.h"

namespace tts {

#ifdef __cpp_lib_to_chars

namespace {

// Room for the longest double without an exponent: 309 digits, a point and what follows it.
std::string printed(double value, std::chars_format format, int precision) {
  char text[400];
  const auto end = std::to_chars(text, text + sizeof(text), value, format, precision);
  return end.ec == std::errc() ? std::string(text, end.ptr) : std::string();
}

std::optional<double> scanned(std::string_view text) {
  double value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string fixed_text(double value, int decimals) {
  return printed(value, std::chars_format::fixed, decimals);
}

std::string short_text(double value, int digits) {
  return printed(value, std::chars_format::general, digits);
}

#else  // a standard library whose from_chars knows integers alone

namespace {

std::optional<double> scanned(std::string_view text) {
  ClassicInput in{std::string(text)};
  double value = 0;
  if (!(in >> value) || in.peek() != ClassicInput::traits_type::eof()) return std::nullopt;
  return value;
}

}  // namespace

std::string fixed_text(double value, int decimals) {
  ClassicOutput out;
  out.setf(std::ios::fixed, std::ios::floatfield);
  out.precision(decimals);
  out << value;
  return out.str();
}

std::string short_text(double value, int digits) {
  ClassicOutput out;
  out.precision(digits);
  out << value;
  return out.str();
}

#endif

std::optional<double> number_from_text(std::string_view text) {
  if (text.find_first_not_of("0123456789.+-eE") != text.npos) return std::nullopt;
  if (!text.empty() && text[0] == '+') {
    text.remove_prefix(1);
    if (!text.empty() && text[0] == '-') return std::nullopt;
  }
  return scanned(text);
}

}  // namespace tts
