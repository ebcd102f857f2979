// German: grammar. Its tables are in german_tables.cpp.
#include <unicode/uchar.h>

#include "text/normalise/german_tables.h"
#include "text/normalise/numbers.h"
#include "text/unicode.h"

namespace tts {
namespace {

bool one_of(const std::string& word, const std::set<std::string>& set) {
  return set.count(word) != 0;
}

// die Katze, Zeitung, Freiheit …: nouns that are feminine by their ending.
bool is_feminine(const std::string& noun) {
  for (const char* ending :
       {"e", "ung", "heit", "keit", "schaft", "ion", "tät", "ei", "frau", "stadt"}) {
    const std::string end = ending;
    if (noun.size() > end.size() && noun.compare(noun.size() - end.size(), end.size(), end) == 0)
      return true;
  }
  return false;
}

std::string year(int64_t y) {
  return spell_out("de", "%spellout-numbering-year", y);
}

// dritte, dritten, dritter, drittes: strong endings without an article, weak ones after it.
std::string ordinal(int64_t n, const Neighbours& around) {
  static const std::set<std::string> weak_n = {
      "dem",    "den",     "des",     "im",      "am",    "zum",   "zur",    "vom",    "beim",
      "ab",     "bis",     "seit",    "einem",   "einen", "einer", "ihrem",  "ihren",  "seinem",
      "seinen", "seiner",  "ihrer",   "meinem",  "jedem", "jeden", "diesem", "diesen", "und",
      "deinem", "unserem", "unseren", "unserer", "nach",  "vor"};
  static const std::set<std::string> weak_e = {
      "der", "die", "das", "eine", "ihre", "seine", "meine", "jede", "diese", "dieser"};
  static const std::set<std::string> neuter = {
      "Jahrhundert", "Mal", "Kapitel", "Buch", "Semester", "Quartal", "Jahr", "Tor"};
  static const std::set<std::string> feminine = {
      "Klasse", "Liga", "Etage", "Auflage", "Woche", "Runde", "Bundesliga", "Stunde"};
  const char* rules = one_of(around.before, weak_n)    ? "%spellout-ordinal-n"
                      : one_of(around.before, weak_e)  ? "%spellout-ordinal"
                      : one_of(around.after, neuter)   ? "%spellout-ordinal-s"
                      : one_of(around.after, feminine) ? "%spellout-ordinal"
                                                       : "%spellout-ordinal-r";
  return spell_out("de", rules, n);
}

std::string count(const std::string& digits, char gender, const Neighbours& around) {
  if (digits != "1") return number_in_words(german(), digits);
  if (gender == 'f') return "eine";
  if (gender == 'm' || gender == 'n') return "ein";
  const bool noun_follows = !around.after.empty() && u_isupper(from_utf8(around.after)[0]);
  return noun_follows ? is_feminine(around.after) ? "eine" : "ein" : "eins";
}

std::string date(int day, int month, int64_t y, const Neighbours& around) {
  std::string out = german().months[month - 1];
  if (day) out = ordinal(day, around) + " " + out;
  return y ? out + " " + year(y) : out;
}

std::string time(int hour, int minute, int second, const std::string&) {
  std::string out = count(std::to_string(hour), 'n', {}) + " Uhr";
  if (minute) out += " " + cardinal(german(), minute);
  if (second)
    out +=
        " und " + count(std::to_string(second), 'f', {}) + (second == 1 ? " Sekunde" : " Sekunden");
  return out;
}

// "ein Drittel": the ordinal's stem and -el, as a noun.
std::string part_noun(int64_t below) {
  std::string stem = spell_out("de", "%spellout-ordinal", below);
  stem.pop_back();
  icu::UnicodeString noun = from_utf8(stem + "el");
  noun.replace(0, 1, icu::UnicodeString(u_toupper(noun.char32At(0))));
  return to_utf8(noun);
}

std::string fraction(int64_t above, int64_t below) {
  if (below == 2) return above == 1 ? "ein halb" : cardinal(german(), above) + " Halbe";
  return count(std::to_string(above), 'n', {}) + " " + part_noun(below);
}

std::string mixed(int64_t whole, int64_t above, int64_t below) {
  const std::string number = whole == 1 ? "ein" : cardinal(german(), whole);
  if (above == 1 && below == 2) return number + "einhalb";
  return cardinal(german(), whole) + " " + fraction(above, below);
}

// "Ludwig der Vierzehnte", "König Ludwigs des Vierzehnten" left to the writer.
std::string regnal(int64_t n, const Neighbours&) {
  return "der " + spell_out("de", "%spellout-ordinal", n);
}

Language make() {
  Language l = german_tables();
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

const Language& german() {
  static const Language language = make();
  return language;
}

}  // namespace tts
