// Fractions, alone and of units: "½", "2 1/2", "¾ lb".
#include <map>

#include "text/normalise/numbers.h"
#include "text/normalise/rules/rules.h"

namespace tts {
namespace {

constexpr char kSign[] = R"((?:(?<![\p{L}\d] ?)(-)|))";
constexpr char kWhole[] = R"((?:(\d{1,9})[ -]?)?)";
constexpr char kVulgar[] = "([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒])";
constexpr char kSlashed[] = R"((?:(\d{1,3})[ -])?(\d{1,3})/(\d{1,3})(?![/\d]))";

struct Fraction {
  int64_t whole = -1;  // -1: none written
  int64_t above = 0, below = 0;
  bool minus = false;
};

std::optional<Fraction> vulgar_fraction(const RuleMatch& m) {
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
  const auto found = table.find(m[3]);
  if (found == table.end()) return std::nullopt;
  return Fraction{to_integer(m[2]), found->second.first, found->second.second, !m[1].empty()};
}

std::optional<Fraction> slashed_fraction(const RuleMatch& m) {
  const int64_t above = to_integer(m[3]), below = to_integer(m[4]);
  if (below < 2 || below > 100 || above < 1 || above >= 1000) return std::nullopt;
  if (m[2].empty() && above >= below && below > 10) return std::nullopt;
  return Fraction{to_integer(m[2]), above, below, !m[1].empty()};
}

std::string words_of(const Fraction& f, const Neighbours& around, const Language& language) {
  return (f.minus ? language.words.minus + " " : "") +
         (f.whole < 0 ? language.fraction(f.above, f.below, around)
                      : language.mixed(f.whole, f.above, f.below, around));
}

Expansion vulgar(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto fraction = vulgar_fraction(m);
  return fraction ? Expansion(words_of(*fraction, around, language)) : std::nullopt;
}

Expansion slashed(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto fraction = slashed_fraction(m);
  return fraction ? Expansion(words_of(*fraction, around, language)) : std::nullopt;
}

// "one half pound", "three quarters of a pound", "two and a half pounds", "ein halber Liter".
Expansion of_unit(const std::optional<Fraction>& fraction,
                  const std::string& key,
                  const Neighbours& around,
                  const Language& language) {
  if (!fraction || (key.size() == 1 && key[0] >= 'A' && key[0] <= 'Z'))
    return std::nullopt;  // "1/2 A"
  const Unit& unit = language.units.at(key);
  Neighbours noun = around;
  noun.after = unit.one;
  const std::string words = words_of(*fraction, noun, language);
  if (fraction->whole < 0) return language.fraction_of(words, fraction->above, unit);
  const bool attributive = language.singular_after.count(around.before) && !around.after.empty();
  return words + " " + (attributive ? unit.one : unit.many);
}

Expansion vulgar_of_unit(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return of_unit(vulgar_fraction(m), m[4], around, language);
}

Expansion slashed_of_unit(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return of_unit(slashed_fraction(m), m[5], around, language);
}

// "24/7", "50/50", the season "23/24".
Expansion two_numbers(const RuleMatch& m, const Neighbours&, const Language& language) {
  const int64_t first = to_integer(m[1]), second = to_integer(m[2]);
  if (m[1].size() == 4) {  // "2023/24"
    if (second != (first + 1) % 100 || m[2].size() != 2) return std::nullopt;
    return language.year(first) + " " + language.short_year(second);
  }
  const bool known = (first == 24 && second == 7) || (first == second && first >= 20);
  const bool inches = second == 16 || second == 32 || second == 64;
  if (!known && (second != first + 1 || first < 10 || inches)) return std::nullopt;
  return cardinal(language, first) + " " + cardinal(language, second);
}

}  // namespace

std::vector<Rule> fraction_rules(const Language&) {
  const std::string vulgar_pattern = std::string(kSign) + kWhole + kVulgar;
  const std::string slashed_pattern = std::string(kSign) + kSlashed;
  const std::string unit = R"([ -]?({UNIT})(?![\p{L}\d]))";
  return {
      {"in two numbers", "d", R"((\d\d|(?:19|20)\d\d)/(\d\d?)(?![/\d]))", two_numbers},
      {"fraction of unit", "ds", vulgar_pattern + unit, vulgar_of_unit},
      {"fraction of unit", "ds", slashed_pattern + unit, slashed_of_unit},
      {"fraction", "ds", vulgar_pattern, vulgar},
      {"fraction", "ds", slashed_pattern, slashed},
  };
}

}  // namespace tts
