#include "text/say_as.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "core/ascii.h"
#include "text/normalise/numbers.h"
#include "text/normalise/rules/date.h"
#include "text/normalise/rules/time.h"
#include "text/unicode.h"

namespace tts {
namespace {

struct Request {
  std::string format, before, text;
  const Language& language;
};

// Nothing: the text is not of this kind.
using Said = std::optional<std::string>;

// In small letters; empty behind a mark.
std::string last_word(std::string_view text) {
  const size_t end = text.find_last_not_of(" \n");
  if (end == text.npos || is_ascii_punct(text[end])) return "";
  const size_t space = text.find_last_of(" \n", end);
  const size_t begin = space == text.npos ? 0 : space + 1;
  return lower_case(text.substr(begin, end + 1 - begin));
}

// What rules say, as a text: letters are capitals alone, commas stand at their words.
std::string as_text(const std::string& expansion) {
  std::string out;
  for (char c : expansion) {
    if (c == kLetterMark) continue;
    if (c == ',' && !out.empty() && out.back() == ' ') out.pop_back();
    out += c;
  }
  return out;
}

// "a1!" → "A, 1, exclamation mark": one after the other, each by its name.
Said characters(const Request& r) {
  std::string out;
  const icu::UnicodeString text = from_utf8(r.text);
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const std::string one = to_utf8(static_cast<char32_t>(text.char32At(i)));
    if (one == " ") continue;
    const auto name = r.language.character_names.find(one);
    const bool small = one.size() == 1 && one[0] >= 'a' && one[0] <= 'z';
    if (!out.empty()) out += ", ";
    out += name != r.language.character_names.end() ? name->second : small ? upper_case(one) : one;
  }
  return out;
}

Said digits(const Request& r) {
  std::string out;
  for (char c : r.text) {
    if (!is_ascii_digit(c) && c != '+') continue;
    if (!out.empty()) out += " ";
    out += c;
  }
  return out;
}

bool all_digits(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit);
}

// Digits with the language's marks between them, maybe a sign before them: "-1,234.5".
bool is_number(const std::string& text, const Language& language) {
  const size_t from = text.find_first_not_of("+-");
  if (from == text.npos || from > 1 || !is_ascii_digit(text.back())) return false;
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), [&](char c) {
    return is_ascii_digit(c) || c == language.decimal || c == language.thousands;
  });
}

Said cardinal_words(const Request& r) {
  if (const int64_t roman = roman_value(r.text)) return cardinal(r.language, roman);
  if (!is_number(r.text, r.language)) return std::nullopt;
  const bool plus = r.text[0] == '+';
  const std::string words = number_in_words(r.language, r.text.substr(plus));
  return plus ? r.language.words.plus + " " + words : words;
}

Said ordinal_words(const Request& r) {
  const size_t end = r.text.find_first_not_of("0123456789");
  const std::string ending = end == r.text.npos ? "" : lower_case(r.text.substr(end));
  static const std::vector<std::string> endings = {
      "", ".", "st", "nd", "rd", "th", "e", "ste", "de"};
  int64_t n = roman_value(r.text);
  if (n == 0 && std::find(endings.begin(), endings.end(), ending) != endings.end())
    n = to_integer(r.text.substr(0, end));
  if (n <= 0) return std::nullopt;
  Neighbours around;
  around.before = around.before_written = r.before;
  return r.language.ordinal(n, around);
}

// "3/4/2026" → 3, 4, 2026; "20260403" by the lengths that the format's parts have.
std::vector<std::string> date_parts(const std::string& text, const std::string& format) {
  std::vector<std::string> parts;
  if (all_digits(text) && format.size() > 1) {
    size_t at = 0;
    const size_t years = static_cast<size_t>(std::count(format.begin(), format.end(), 'y'));
    const size_t year =
        years == 0 ? 0 : text.size() - std::min(text.size(), 2 * (format.size() - 1));
    for (char c : format) {
      const size_t size = c == 'y' ? year : 2;
      if (at + size > text.size()) return {};
      parts.push_back(text.substr(at, size));
      at += size;
    }
    return at == text.size() ? parts : std::vector<std::string>{};
  }
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find_first_not_of("0123456789", at), text.size());
    if (end == at) return {};
    parts.push_back(text.substr(at, end - at));
    at = end == text.size() ? end : end + 1;
    while (at < text.size() && text[at] == ' ') ++at;
  }
  return parts;
}

// Without a format: the year first where it has four digits, else as the language writes it.
std::string usual_format(const std::string& text, const Language& language) {
  const size_t first = std::min(text.find_first_not_of("0123456789"), text.size());
  if (first == 4) return first == text.size() ? "y" : "ymd";
  return language.day_first ? "dmy" : "mdy";
}

Said date_words(const Request& r) {
  std::string format = r.format.empty() ? usual_format(r.text, r.language) : r.format;
  format.erase(std::unique(format.begin(), format.end()), format.end());  // "yyyymmdd"
  const auto parts = date_parts(r.text, format);
  if (parts.size() != format.size() || parts.empty()) return std::nullopt;
  std::map<char, std::string> given;
  for (size_t i = 0; i < parts.size(); ++i) given[format[i]] = parts[i];
  if (given.size() != parts.size() || format.find_first_not_of("dmy") != format.npos)
    return std::nullopt;
  const int64_t year = full_year(given['y']), day = to_integer(given['d']);
  Neighbours around;
  around.before = around.before_written = r.before;
  if (given['m'].empty()) {
    if (format == "y") return r.language.year(year);
    return format == "d" && day > 0 ? Said(r.language.ordinal(day, around)) : std::nullopt;
  }
  return checked_date(std::max<int64_t>(day, 0), to_integer(given['m']), year, around, r.language);
}

// "143005", "2:30pm": what plain text reads by itself has marks between its parts.
Said time_words(const Request& r) {
  std::string text, half;
  for (char c : lower_case(r.text)) {
    if (is_ascii_digit(c)) {
      text += c;
    } else if (c == 'a' || c == 'p') {
      half = std::string(1, c) + "m";
    } else if (std::string(":. mhu").find(c) == std::string::npos) {
      return std::nullopt;
    }
  }
  if (text.size() < r.text.size() && half.empty()) return std::nullopt;
  if (text.size() % 2) text.insert(0, "0");
  if (text.empty() || text.size() > 6) return std::nullopt;
  const auto part = [&](size_t i) { return text.size() > 2 * i ? text.substr(2 * i, 2) : ""; };
  return checked_time(part(0), part(1), part(2), half, r.language);
}

Said as_it_is(const Request& r) {
  return r.text;
}

Said number_words(const Request& r);

using Reading = Said (*)(const Request&);

Reading reading_of(const std::string& interpret_as) {
  static const std::map<std::string, Reading> readings = {{"characters", characters},
                                                          {"spell-out", characters},
                                                          {"verbatim", characters},
                                                          {"digits", digits},
                                                          {"telephone", digits},
                                                          {"cardinal", cardinal_words},
                                                          {"number", number_words},
                                                          {"ordinal", ordinal_words},
                                                          {"date", date_words},
                                                          {"time", time_words},
                                                          {"fraction", as_it_is},
                                                          {"unit", as_it_is},
                                                          {"currency", as_it_is}};
  const auto found = readings.find(interpret_as);
  return found == readings.end() ? nullptr : found->second;
}

// A number's format is a reading of its own.
Said number_words(const Request& r) {
  for (const char* as : {"ordinal", "digits", "telephone"}) {
    if (r.format == as) return reading_of(as)(r);
  }
  return cardinal_words(r);
}

}  // namespace

bool is_known(const SayAs& as) {
  return reading_of(as.interpret_as) != nullptr;
}

std::string said_as(const SayAs& as,
                    const std::string& language,
                    std::string_view before,
                    const std::string& text) {
  const Language& tables = language_for(language);
  const Reading reading = reading_of(as.interpret_as);
  if (!reading) return text;
  const bool spelt = reading == characters || reading == digits;
  if (tables.code.empty() && !spelt) return text;
  const Said words = reading({as.format, last_word(before), text, tables});
  return words ? as_text(*words) : text;
}

}  // namespace tts
