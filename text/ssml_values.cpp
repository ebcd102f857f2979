#include "text/ssml_values.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>

#include "core/classic_stream.h"
#include "core/number_text.h"
#include "text/unicode.h"

namespace tts {
namespace {

// std::regex recurses with every character: longer values, which none of SSML's is, would overflow
// the stack.
constexpr size_t kMaxValueBytes = 64;

// A decimal number at the start of `value` and what follows it.
struct Quantity {
  double number = 0;
  std::string unit;
  bool has_sign = false;
};

std::optional<Quantity> quantity(std::string_view value) {
  static const std::regex form(R"(\s*([+-]?)(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s*([a-zA-Z%]*)\s*)");
  std::match_results<std::string_view::const_iterator> match;
  if (value.size() > kMaxValueBytes || !std::regex_match(value.begin(), value.end(), match, form))
    return std::nullopt;
  Quantity out;
  out.has_sign = match[1].length() > 0;
  out.number = number_from_text(match[2].str()).value() * (match[1] == "-" ? -1 : 1);
  out.unit = match[3];
  return out;
}

using Names = std::map<std::string, double, std::less<>>;

std::optional<double> named(const Names& names, std::string_view value) {
  const auto found = names.find(value);
  if (found == names.end()) return std::nullopt;
  return found->second;
}

double semitones(double ratio) {
  return 12 * std::log2(ratio);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// "a1b" → "A, 1, B": one after the other, each by its name.
std::string spelt(const std::string& text, bool digits_only) {
  std::string out;
  const icu::UnicodeString characters = from_utf8(text);
  for (int32_t i = 0; i < characters.length(); i = characters.moveIndex32(i, 1)) {
    const std::string one = to_utf8(static_cast<char32_t>(characters.char32At(i)));
    const size_t bytes = one.size();
    if (one == " " || (digits_only && bytes == 1 && !is_digit(one[0]) && one[0] != '+')) continue;
    if (!out.empty()) out += digits_only ? " " : ", ";
    const bool small = bytes == 1 && one[0] >= 'a' && one[0] <= 'z';
    out += small ? std::string(1, static_cast<char>(one[0] - 'a' + 'A')) : one;
  }
  return out;
}

std::string ordinal(const std::string& text, const std::string& language) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return text;
  if (language.compare(0, 2, "de") == 0) return text + ".";
  if (language.compare(0, 2, "nl") == 0) return text + "e";
  if (language.compare(0, 2, "en") != 0) return text;
  const bool teens = text.size() > 1 && text[text.size() - 2] == '1';
  const char last = text.back();
  return text + (teens         ? "th"
                 : last == '1' ? "st"
                 : last == '2' ? "nd"
                 : last == '3' ? "rd"
                               : "th");
}

// "3/4/2026" with "mdy" → "2026-03-04", which the front end reads in any language.
std::string date(const std::string& text, const std::string& format) {
  static const std::regex numbers(R"(\s*(\d{1,4})[-/. ](\d{1,4})[-/. ](\d{1,4})\s*)");
  std::smatch match;
  if (format.size() != 3 || text.size() > kMaxValueBytes || !std::regex_match(text, match, numbers))
    return text;
  std::string year, month, day;
  for (size_t i = 0; i < 3; ++i)
    (format[i] == 'y' ? year : format[i] == 'm' ? month : day) = match[i + 1];
  if (year.size() != 4 || month.empty() || day.empty()) return text;
  const auto two = [](const std::string& s) { return s.size() == 1 ? "0" + s : s; };
  return year + "-" + two(month) + "-" + two(day);
}

}  // namespace

std::vector<std::string> ssml_list(std::string_view value) {
  std::vector<std::string> out;
  ClassicInput parts{std::string(value)};
  for (std::string part; parts >> part;) out.push_back(part.substr(0, part.find(':')));
  return out;
}

std::optional<double> ssml_seconds(std::string_view value) {
  const auto q = quantity(value);
  if (!q || q->number < 0) return std::nullopt;
  if (q->unit == "ms") return q->number / 1000;
  if (q->unit == "s") return q->number;
  return std::nullopt;
}

std::optional<double> ssml_break_s(std::string_view strength) {
  static const Names names = {{"none", 0},
                              {"x-weak", 0.1},
                              {"weak", 0.2},
                              {"medium", 0.4},
                              {"strong", 0.7},
                              {"x-strong", 1.2}};
  return named(names, strength);
}

bool set_ssml_rate(std::string_view value, SpeechStyle& style) {
  static const Names names = {{"x-slow", 0.5},
                              {"slow", 0.75},
                              {"medium", 1},
                              {"default", 1},
                              {"fast", 1.25},
                              {"x-fast", 1.6}};
  double ratio = 0;
  if (const auto name = named(names, value)) {
    ratio = *name;
  } else if (const auto q = quantity(value)) {
    if (q->unit == "%") ratio = q->has_sign ? 1 + q->number / 100 : q->number / 100;
    if (q->unit.empty() && !q->has_sign) ratio = q->number;
  }
  if (ratio <= 0) return false;
  style.rate_ratio *= ratio;
  return true;
}

bool set_ssml_pitch(std::string_view value, SpeechStyle& style) {
  static const Names names = {
      {"x-low", -6}, {"low", -3}, {"medium", 0}, {"default", 0}, {"high", 3}, {"x-high", 6}};
  if (const auto name = named(names, value)) {
    style.pitch_semitones += *name;
    return true;
  }
  const auto q = quantity(value);
  if (!q) return false;
  if (q->unit == "st" && q->has_sign) {
    style.pitch_semitones += q->number;
    return true;
  }
  const double ratio = q->has_sign ? 1 + q->number / 100 : q->number / 100;
  if (q->unit != "%" || ratio <= 0) return false;
  style.pitch_semitones += semitones(ratio);
  return true;
}

bool set_ssml_volume(std::string_view value, SpeechStyle& style) {
  static const Names names = {{"silent", -120},
                              {"x-soft", -12},
                              {"soft", -6},
                              {"medium", 0},
                              {"default", 0},
                              {"loud", 4},
                              {"x-loud", 8}};
  if (const auto name = named(names, value)) {
    style.volume_db += *name;
    return true;
  }
  const auto q = quantity(value);
  if (!q || (q->unit != "dB" && q->unit != "db")) return false;
  style.volume_db += q->number;
  return true;
}

void limit_ssml_style(SpeechStyle& style) {
  constexpr double kMostSemitones = 12, kLowestRate = 0.5, kHighestRate = 2, kLoudestDb = 12;
  style.rate_ratio = std::clamp(style.rate_ratio, kLowestRate, kHighestRate);
  style.pitch_semitones = std::clamp(style.pitch_semitones, -kMostSemitones, kMostSemitones);
  style.volume_db = std::min(style.volume_db, kLoudestDb);
}

std::optional<std::string> said_as(const std::string& interpret_as,
                                   const std::string& format,
                                   const std::string& language,
                                   const std::string& text) {
  const std::string& as = interpret_as;
  if (as == "characters" || as == "spell-out" || as == "verbatim") return spelt(text, false);
  if (as == "digits" || as == "telephone") return spelt(text, true);
  if (as == "ordinal") return ordinal(text, language);
  if (as == "date") return date(text, format);
  for (const char* read_by_itself :
       {"cardinal", "number", "time", "fraction", "unit", "currency"}) {
    if (as == read_by_itself) return text;
  }
  return std::nullopt;
}

}  // namespace tts
