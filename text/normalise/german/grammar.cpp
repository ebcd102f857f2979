// German: grammar. Its tables are in german_tables.cpp.
#include <unicode/uchar.h>

#include <map>

#include "text/normalise/german/german.h"
#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/normalise/word_list.h"
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

std::string short_year(int64_t y) {
  return cardinal(german(), y);
}

std::string year(int64_t y) {
  return spell_out("de", "%spellout-numbering-year", y);
}

// "Artikel 1 GG", "Gleis 1 Nord": the number is a name.
bool is_label(const Neighbours& around) {
  const Language& l = german();
  const auto short_form = l.abbreviations.find(around.before + ".");
  return l.label_cues.count(around.before) != 0 || l.roman_cues.count(around.before) != 0 ||
         (short_form != l.abbreviations.end() &&
          l.label_cues.count(lower_case(short_form->second.spoken)) != 0);
}

// A noun follows what could be a year.
bool counts(const Neighbours& around) {
  return around.after[0] >= 'A' && around.after[0] <= 'Z';
}

std::string count(const std::string& digits, char gender, const Neighbours& around) {
  if (digits != "1") return number_in_words(german(), digits);
  const bool dative = one_of(around.before, dative_prepositions());
  if (!gender && is_label(around)) return "eins";
  if (gender == 'f') return dative ? "einer" : "eine";
  if (gender == 'm' || gender == 'n') return dative ? "einem" : "ein";
  const bool noun_follows = !around.after.empty() && u_isupper(from_utf8(around.after)[0]);
  if (!noun_follows) return "eins";
  if (is_feminine(around.after)) return dative ? "einer" : "eine";
  return dative ? "einem" : "ein";
}

std::string date(int day, int month, int64_t y, const Neighbours& around) {
  std::string out = german().months[month - 1];
  if (day) out = german_ordinal(day, around) + " " + out;
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

// "eine Stunde zwei Minuten dreiunddreißig Komma fünf Sekunden".
std::string running_time(int64_t hour, int64_t minute, const std::string& seconds) {
  const auto part = [](int64_t n, const char* one, const char* many) {
    return count(std::to_string(n), 'f', {}) + " " + (n == 1 ? one : many);
  };
  std::string out = hour < 0 ? "" : part(hour, "Stunde", "Stunden") + " ";
  const bool zero = seconds[0] == '0' && seconds[1] != ',';
  return out + part(minute, "Minute", "Minuten") + " und " +
         number_in_words(german(), zero ? seconds.substr(1) : seconds) + " Sekunden";
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

std::string fraction_of(const std::string& words, int64_t, const Unit& unit) {
  return words + " " + unit.one;
}

// "Ludwig der Vierzehnte", "unter Karl dem Fünften", "Elisabeth die Zweite".
std::string regnal(int64_t n, const Neighbours& around) {
  static const Words queens = word_list(
      "elisabeth katharina maria victoria viktoria margarethe beatrix christine isabella anna "
      "eleonore königin kaiserin zarin");
  static const Words dative = word_list("unter mit von bei nach zu gegenüber seit aus");
  const bool queen = queens.count(around.before) != 0;
  const bool oblique = dative.count(word_before(around, 2)) != 0;
  const bool genitive = !queen && around.before.size() > 3 && around.before.back() == 's' &&
                        !german().monarchs.count(around.before);
  const char* article = queen      ? oblique ? "der " : "die "
                        : oblique  ? "dem "
                        : genitive ? "des "
                                   : "der ";
  const bool weak = oblique || genitive;
  return article + spell_out("de", weak ? "%spellout-ordinal-n" : "%spellout-ordinal", n);
}

// "Quadratmeter".
std::string power_name(const std::string& prefix, const std::string& unit) {
  return prefix + lower_case(unit);
}

std::string with_s(const std::string& ipa) {
  return ipa + "s";
}

std::string plural_letter(const std::string&, const std::string& ipa) {
  return ipa + "s";
}

std::string plural_number(const std::string& words) {
  return words + "s";
}

}  // namespace

const Language& german() {
  static const Language language = [] {
    Language l = german_tables();
    l.own_rules = german_rules;
    l.with_s = with_s;
    l.year = year;
    l.short_year = short_year;
    l.ordinal = german_ordinal;
    l.count = count;
    l.counts = counts;
    l.date = date;
    l.day_and_month = date;
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
