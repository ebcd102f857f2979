// Fractions, alone and of units: "½", "2 1/2", "¾ lb".
#include <map>

#include "text/normalise/numbers.h"
#include "text/normalise/rules.h"

namespace tts {
namespace {

constexpr char kWhole[] = R"((?:(\d{1,9})[ -]?)?)";
constexpr char kVulgar[] = "([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒])";
constexpr char kSlashed[] = R"((?:(\d{1,3})[ -])?(\d{1,3})/(\d{1,3})(?![/\d]))";

struct Fraction {
  int64_t whole = -1;  // -1: none written
  int64_t above = 0, below = 0;
};

std::optional<Fraction> vulgar_fraction(const std::string& whole, const std::string& sign) {
  static const std::map<std::string, std::pair<int, int>> table = {{"½", {1, 2}},
                                                                   {"⅓", {1, 3}},
                                                                   {"⅔", {2, 3}},
                                                                   {"¼", {1, 4}},
                                                                   {"¾", {3, 4}},
                                                                   {"⅕", {1, 5}},
                                                                   {"⅖", {2, 5}},
                                                                   {"⅗", {3, 5}},
                                                                   {"⅘", {4, 5}},
                                                                   {"⅙", {1, 6}},
                                                                   {"⅚", {5, 6}},
                                                                   {"⅛", {1, 8}},
                                                                   {"⅜", {3, 8}},
                                                                   {"⅝", {5, 8}},
                                                                   {"⅞", {7, 8}},
                                                                   {"⅐", {1, 7}},
                                                                   {"⅑", {1, 9}},
                                                                   {"⅒", {1, 10}}};
  const auto found = table.find(sign);
  if (found == table.end()) return std::nullopt;
  return Fraction{to_integer(whole), found->second.first, found->second.second};
}

std::optional<Fraction> slashed_fraction(const std::string& whole,
                                         const std::string& above_digits,
                                         const std::string& below_digits) {
  const int64_t above = to_integer(above_digits), below = to_integer(below_digits);
  if (below < 2 || below > 100 || above < 1 || above >= 1000) return std::nullopt;
  if (whole.empty() && above >= below && below > 10) return std::nullopt;
  return Fraction{to_integer(whole), above, below};
}

std::string words_of(const Fraction& f, const Neighbours& around, const Language& language) {
  return f.whole < 0 ? language.fraction(f.above, f.below, around)
                     : language.mixed(f.whole, f.above, f.below, around);
}

Expansion vulgar(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto fraction = vulgar_fraction(m[1], m[2]);
  return fraction ? Expansion(words_of(*fraction, around, language)) : std::nullopt;
}

Expansion slashed(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto fraction = slashed_fraction(m[1], m[2], m[3]);
  return fraction ? Expansion(words_of(*fraction, around, language)) : std::nullopt;
}

// "one half pound", "three quarters of a pound", "two and a half pounds", "ein halber Liter".
Expansion of_unit(const std::optional<Fraction>& fraction,
                  const std::string& key,
                  const Neighbours& around,
                  const Language& language) {
  const bool doubtful = key == "'" || (key.size() == 1 && key[0] >= 'A' && key[0] <= 'Z');
  if (!fraction || doubtful) return std::nullopt;  // "1/2 A"
  const Unit& unit = language.units.at(key);
  const Neighbours noun{around.before, around.before_written, unit.one};
  const std::string words = words_of(*fraction, noun, language);
  if (fraction->whole >= 0) return words + " " + unit.many;
  if (language.family != "en" || fraction->above == 1) return words + " " + unit.one;
  const bool vowel = std::string("aeiou").find(unit.one[0]) != std::string::npos;
  return words + (vowel || unit.one == "hour" ? " of an " : " of a ") + unit.one;
}

Expansion vulgar_of_unit(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return of_unit(vulgar_fraction(m[1], m[2]), m[3], around, language);
}

Expansion slashed_of_unit(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return of_unit(slashed_fraction(m[1], m[2], m[3]), m[4], around, language);
}

// "a 3/4" pipe".
Expansion of_inch(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return of_unit(slashed_fraction(m[1], m[2], m[3]), "in.", around, language);
}

// "24/7", "50/50".
Expansion two_numbers(const RuleMatch& m, const Neighbours&, const Language& language) {
  return cardinal(language, to_integer(m[1])) + " " + cardinal(language, to_integer(m[2]));
}

}  // namespace

std::vector<Rule> fraction_rules(const Language& language) {
  const std::string vulgar_pattern = std::string(kWhole) + kVulgar;
  const std::string slashed_pattern = kSlashed;
  const std::string unit = R"([ -]?({UNIT})(?![\p{L}\d]))";
  std::vector<Rule> rules = {
      {"in two numbers", "d", R"((24(?=/7)|50(?=/50))/(7|50)(?![/\d]))", two_numbers},
      {"fraction of unit", "ds", vulgar_pattern + unit, vulgar_of_unit},
      {"fraction of unit", "d", slashed_pattern + unit, slashed_of_unit},
      {"fraction", "ds", vulgar_pattern, vulgar},
      {"fraction", "d", slashed_pattern, slashed},
  };
  if (language.family == "en")
    rules.insert(rules.begin(), {"inches", "d", slashed_pattern + R"("(?= \p{Ll}))", of_inch});
  return rules;
}

}  // namespace tts
