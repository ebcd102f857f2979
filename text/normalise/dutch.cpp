// Dutch: grammar. Its tables are in dutch_tables.cpp.
#include "text/normalise/dutch_tables.h"
#include "text/normalise/numbers.h"

namespace tts {
namespace {

// "negentienvierentachtig", but "negentienhonderdvijf".
std::string year(int64_t y) {
  const int64_t rest = y % 100;
  const char* join = rest < 10 ? "\u00ADhonderd\u00AD" : "\u00AD";
  if (y >= 1100 && y < 2000 && rest != 0) {
    return cardinal(dutch(), y / 100) + join + spell_out("nl", "%spellout-numbering", rest);
  }
  return spell_out("nl", "%spellout-numbering-year", y);
}

std::string ordinal(int64_t n, const Neighbours&) {
  return spell_out("nl", "%spellout-ordinal", n);
}

std::string count(const std::string& digits, char, const Neighbours&) {
  return number_in_words(dutch(), digits);
}

std::string date(int day, int month, int64_t y, const Neighbours&) {
  std::string out = dutch().months[month - 1];
  if (day) out = count(std::to_string(day), 0, {}) + " " + out;
  return y ? out + " " + year(y) : out;
}

std::string time(int hour, int minute, int second, const std::string&) {
  std::string out = count(std::to_string(hour), 0, {}) + " uur";
  if (minute) out += " " + count(std::to_string(minute), 0, {});
  if (second)
    out += " en " + count(std::to_string(second), 0, {}) + (second == 1 ? " seconde" : " seconden");
  return out;
}

// "een halve liter", "een half uur".
bool takes_halve(const std::string& noun) {
  static const std::set<std::string> nouns = {
      "dag",  "dagen",  "week",      "weken",     "maand",      "maanden",  "eeuw",
      "fles", "ui",     "citroen",   "theelepel", "theelepels", "eetlepel", "eetlepels",
      "kop",  "koppen", "komkommer", "paprika",   "mijl",       "kilo's",   "bladzijde"};
  if (nouns.count(noun)) return true;
  for (const auto& [key, unit] : dutch().units) {
    if (unit.one == noun || unit.many == noun) return noun != "kilowattuur";
  }
  return false;
}

std::string fraction(int64_t above, int64_t below, const Neighbours& around) {
  const bool halve = takes_halve(around.after);
  if (above == 1 && below == 2 && halve) return "een halve";
  if (above == 3 && below == 4 && (halve || around.after == "uur")) return "driekwart";
  const std::string number = above == 1 ? "een" : cardinal(dutch(), above);
  const std::string part = below == 2 ? "half" : below == 4 ? "kwart" : ordinal(below, {});
  return number + " " + part;
}

std::string mixed(int64_t whole, int64_t above, int64_t below, const Neighbours& around) {
  if (above == 1 && below == 2) {
    const std::string half = takes_halve(around.after) ? "halve" : "half";
    const std::string number = cardinal(dutch(), whole);
    return whole == 1 ? "ander" + half : number + (number.back() == 'e' ? "ën" : "en") + half;
  }
  return count(std::to_string(whole), 0, {}) + " " + fraction(above, below, {});
}

std::string regnal(int64_t n, const Neighbours&) {
  return "de " + ordinal(n, {});
}

Language make() {
  Language l = dutch_tables();
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

const Language& dutch() {
  static const Language language = make();
  return language;
}

}  // namespace tts
