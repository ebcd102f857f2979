// English: grammar. Its tables are in english_tables.cpp.
#include "text/normalise/english_tables.h"
#include "text/normalise/numbers.h"

namespace tts {
namespace {

std::string year(int64_t y) {
  if (y >= 2000 && y < 2010) return spell_out("en", "%spellout-numbering", y);
  return spell_out("en", "%spellout-numbering-year", y);
}

std::string ordinal(int64_t n, const Neighbours&) {
  return spell_out("en", "%spellout-ordinal", n);
}

std::string count(const std::string& digits, char, const Neighbours&) {
  return number_in_words(english(), digits);
}

// "March fifth, twenty twenty-four".
std::string date(int day, int month, int64_t y, const Neighbours&) {
  std::string out = english().months[month - 1];
  if (day) out += " " + ordinal(day, {});
  if (y) out += (day ? " , " : " ") + year(y);
  return out;
}

std::string time(int hour, int minute, int second, const std::string& half) {
  const std::string half_words = half.empty() ? "" : half == "am" ? " ^A ^M" : " ^P ^M";
  std::string out = hour == 0 ? "zero" : cardinal(english(), hour);
  if (minute == 0 && second == 0) {
    if (!half.empty()) return out + half_words;
    return hour == 0 ? "midnight" : hour <= 12 ? out + " o'clock" : out + " hundred";
  }
  out += minute == 0 ? " hundred" : (minute < 10 ? " oh " : " ") + cardinal(english(), minute);
  if (second) out += " and " + cardinal(english(), second) + (second == 1 ? " second" : " seconds");
  return out + half_words;
}

std::string fraction(int64_t above, int64_t below, const Neighbours&) {
  const std::string number = cardinal(english(), above);
  std::string part = below == 2 ? "half" : below == 4 ? "quarter" : ordinal(below, {});
  if (above != 1) part = part == "half" ? "halves" : part + "s";
  return number + " " + part;
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

Language make() {
  Language l = english_tables();
  l.year = year;
  l.ordinal = ordinal;
  l.count = count;
  l.date = date;
  l.time = time;
  l.fraction = fraction;
  l.mixed = mixed;
  l.regnal = regnal;
  return l;
}

}  // namespace

const Language& english() {
  static const Language language = make();
  return language;
}

}  // namespace tts
