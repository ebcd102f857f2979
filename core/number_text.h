// Numbers as text in C's form, with a point, whatever locale the host program has set: a library
// must not read or print them with strtod, printf or a stream that follows the locale.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace tts {

// "-1.5", "+2", ".5", "1e3": the whole of `text`, which holds no blanks. Neither hexadecimal nor
// "inf" nor "nan" is a number here.
std::optional<double> number_from_text(std::string_view text);

// printf's "%.*f" and "%.*g".
std::string fixed_text(double value, int decimals);
std::string short_text(double value, int digits = 6);

}  // namespace tts
