// English: grammar. Its words are in tables.cpp, its own rules in rules.cpp.
#include "text/normalise/english/english.h"
#include "text/normalise/english/homographs.h"
#include "text/normalise/numbers.h"
#include "text/unicode.h"

namespace tts {
namespace {

std::string year(int64_t y) {
  if (y >= 2000 && y < 2010) return spell_out("en", "%spellout-numbering", y);
  return spell_out("en", "%spellout-numbering-year", y);
}

std::string short_year(int64_t y) {
  return (y < 10 ? "oh " : "") + cardinal(english(), y);
}

std::string ordinal(int64_t n, const Neighbours&) {
  return spell_out("en", "%spellout-ordinal", n);
}

std::string count(const std::string& digits, char, const Neighbours&) {
  return number_in_words(english(), digits);
}

bool counts(const Neighbours& around) {
  static const Words verbs = {"was", "is", "has", "does", "this", "as", "us", "its"};
  const std::string& next = around.after;
  return next.size() > 3 && (next.back() == 's' || next == "people" || next == "men") &&
         next[0] >= 'a' && !verbs.count(next);
}

// "March fifth, twenty twenty-four".
std::string date(int day, int month, int64_t y, const Neighbours&) {
  std::string out = english().months[month - 1];
  if (day) out += " " + ordinal(day, {});
  if (y) out += (day ? " , " : " ") + year(y);
  return out;
}

// "the fifth of March, twenty twenty-four".
std::string day_and_month(int day, int month, int64_t y, const Neighbours& around) {
  const std::string out = (around.before == "the" ? "" : "the ") + ordinal(day, {}) + " of " +
                          english().months[month - 1];
  return y ? out + " , " + year(y) : out;
}

std::string seconds(int second) {
  return " and " + cardinal(english(), second) + (second == 1 ? " second" : " seconds");
}

std::string time(int hour, int minute, int second, const std::string& half) {
  const std::string half_words = half.empty() ? "" : half == "am" ? " ^A ^M" : " ^P ^M";
  std::string out = hour == 0 ? "zero" : cardinal(english(), hour);
  if (minute == 0) {
    if (!half.empty() && second == 0) return out + half_words;
    out = hour == 0 && second == 0 ? "midnight"
          : hour == 0              ? "zero hundred"
          : hour <= 12             ? out + " o'clock"
                                   : out + " hundred";
  } else {
    out += (minute < 10 ? " oh " : " ") + cardinal(english(), minute);
  }
  return out + (second ? seconds(second) : "") + half_words;
}

std::string running_time(int64_t hour, int64_t minute, const std::string& written) {
  const bool zero = written[0] == '0' && written.size() > 1 && written[1] != '.';
  const std::string second = number_in_words(english(), zero ? written.substr(1) : written);
  const std::string first = cardinal(english(), hour < 0 ? minute : hour);
  if (hour < 0) return first + (zero ? " oh " : " ") + second;
  return first + (minute < 10 ? " oh " : " ") + cardinal(english(), minute) + " and " + second +
         " seconds";
}

std::string fraction(int64_t above, int64_t below, const Neighbours& around) {
  const bool half = above == 1 && below == 2 && around.before == "a";
  if (half) return "half";  // "a 1/2-inch gap"
  const std::string number = cardinal(english(), above);
  std::string part = below == 2 ? "half" : below == 4 ? "quarter" : ordinal(below, {});
  if (above != 1) part = part == "half" ? "halves" : part + "s";
  return number + " " + part;
}

// "one half pound", "three quarters of a pound".
std::string fraction_of(const std::string& words, int64_t above, const Unit& unit) {
  if (above == 1) return words + " " + unit.one;
  const bool vowel = std::string("aeiou").find(unit.one[0]) != std::string::npos;
  return words + (vowel || unit.one == "hour" ? " of an " : " of a ") + unit.one;
}

// "two and a half".
std::string mixed(int64_t whole, int64_t above, int64_t below, const Neighbours&) {
  std::string part = fraction(above, below, {});
  if (above == 1)
    part = (below == 8 || below == 11 || below == 18 ? "an" : "a") + part.substr(part.find(' '));
  return cardinal(english(), whole) + " and " + part;
}

std::string regnal(int64_t n, const Neighbours&) {
  return "the " + ordinal(n, {});
}

std::string power_name(const std::string& prefix, const std::string& unit) {
  return prefix + " " + unit;
}

std::string plural_letter(const std::string& letter, const std::string& ipa) {
  const bool hisses = letter[0] == 'S' || letter[0] == 'X' || letter[0] == 'H';
  return ipa + (letter[0] == 'F' ? "s" : hisses ? "ᵻz" : "z");
}

// "threes", "sixes", "twenties".
std::string plural_number(const std::string& words) {
  if (words.back() == 'y') return words.substr(0, words.size() - 1) + "ies";
  return words + (words.back() == 'x' ? "es" : "s");
}

}  // namespace

const Language& english() {
  static const Language language = [] {
    Language l = english_tables();
    l.own_rules = english_rules;
    l.homograph = homograph_ipa;
    l.with_s = english_with_s;
    l.year = year;
    l.short_year = short_year;
    l.ordinal = ordinal;
    l.count = count;
    l.counts = counts;
    l.date = date;
    l.day_and_month = day_and_month;
    l.time = time;
    l.running_time = running_time;
    l.fraction = fraction;
    l.fraction_of = fraction_of;
    l.mixed = mixed;
    l.regnal = regnal;
    l.power_name = power_name;
    l.plural_letter = plural_letter;
    l.plural_number = plural_number;
    return l;
  }();
  return language;
}

}  // namespace tts
