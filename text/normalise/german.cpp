// German: grammar. Its tables are in german_tables.cpp.
#include <unicode/uchar.h>

#include <map>

#include "text/normalise/german_tables.h"
#include "text/normalise/numbers.h"
#include "text/unicode.h"

namespace tts {
namespace {

const std::set<std::string>& dative_prepositions() {
  static const std::set<std::string> set = {
      "mit", "von", "nach", "aus", "bei", "zu", "seit", "vor", "in"};
  return set;
}

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
  static const std::set<std::string> feminine = {"Klasse",
                                                 "Liga",
                                                 "Etage",
                                                 "Auflage",
                                                 "Woche",
                                                 "Runde",
                                                 "Bundesliga",
                                                 "Stunde",
                                                 "Tür",
                                                 "Reihe",
                                                 "Minute",
                                                 "Halbzeit"};
  const bool dative = around.before == "der" && one_of(around.after, feminine);  // in der 2. Liga
  const char* rules = dative || one_of(around.before, weak_n) ? "%spellout-ordinal-n"
                      : one_of(around.before, weak_e)         ? "%spellout-ordinal"
                      : one_of(around.after, neuter)          ? "%spellout-ordinal-s"
                      : one_of(around.after, feminine)        ? "%spellout-ordinal"
                                                              : "%spellout-ordinal-r";
  return spell_out("de", rules, n);
}

std::string count(const std::string& digits, char gender, const Neighbours& around) {
  if (digits != "1") return number_in_words(german(), digits);
  const bool dative = one_of(around.before, dative_prepositions());
  if (gender == 'f') return dative ? "einer" : "eine";
  if (gender == 'm' || gender == 'n') return dative ? "einem" : "ein";
  const bool noun_follows = !around.after.empty() && u_isupper(from_utf8(around.after)[0]);
  if (!noun_follows) return "eins";
  if (is_feminine(around.after)) return dative ? "einer" : "eine";
  return dative ? "einem" : "ein";
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

// 0 when the noun is not known.
char gender_of(const std::string& noun) {
  static const std::map<std::string, char> nouns = {
      {"Pfund", 'n'},   {"Kilo", 'n'},  {"Jahr", 'n'},     {"Prozent", 'n'},   {"Glas", 'n'},
      {"Stück", 'n'},   {"Brot", 'n'},  {"Päckchen", 'n'}, {"Dutzend", 'n'},   {"Tag", 'm'},
      {"Monat", 'm'},   {"Apfel", 'm'}, {"Becher", 'm'},   {"Teelöffel", 'm'}, {"Esslöffel", 'm'},
      {"Löffel", 'm'},  {"Bund", 'm'},  {"Million", 'f'},  {"Milliarde", 'f'}, {"Zwiebel", 'f'},
      {"Packung", 'f'}, {"Gurke", 'f'}};
  const auto found = nouns.find(noun);
  if (found != nouns.end()) return found->second;
  for (const auto& [key, unit] : german().units) {
    if (unit.one == noun) return unit.gender;
  }
  const bool is_noun = !noun.empty() && u_isupper(from_utf8(noun).char32At(0));
  return is_noun && is_feminine(noun) ? 'f' : 0;
}

// "ein halber Liter", "mit einem halben Liter".
std::string half_of(char gender, const std::string& before) {
  static const std::set<std::string> accusative = {
      "für",   "um",    "ohne",    "durch",   "gegen",    "über",   "nimm",  "nehme", "nehmen",
      "gib",   "geben", "brauche", "braucht", "brauchen", "trinkt", "trank", "habe",  "hat",
      "haben", "hatte", "enthält", "wiegt",   "dauert",   "wartet", "lief",  "misst"};
  if (one_of(before, dative_prepositions())) return gender == 'f' ? "einer halben" : "einem halben";
  if (gender == 'f') return "eine halbe";
  if (gender == 'n') return "ein halbes";
  return one_of(before, accusative) ? "einen halben" : "ein halber";
}

std::string fraction(int64_t above, int64_t below, const Neighbours& around) {
  const char gender = gender_of(around.after);
  if (above == 1 && below == 2) return gender ? half_of(gender, around.before) : "ein halb";
  if (below == 2) return cardinal(german(), above) + " Halbe";
  if (gender && above == 3 && below == 4) return "dreiviertel";
  const std::string part = part_noun(below);
  if (above == 1 && gender) return count("1", gender, {}) + " " + lower_case(part);
  return count(std::to_string(above), 'n', {}) + " " + part;
}

std::string mixed(int64_t whole, int64_t above, int64_t below, const Neighbours&) {
  const std::string number = whole == 1 ? "ein" : cardinal(german(), whole);
  if (above == 1 && below == 2) return number + "einhalb";
  return cardinal(german(), whole) + " " + fraction(above, below, {});
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
