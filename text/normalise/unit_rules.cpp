// Numbers with units of measure.
#include "text/normalise/numbers.h"
#include "text/normalise/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr char kTail[] = R"((?:(²|³|\^2|\^3|2(?=\D|$))|)(?![\p{L}\d]))";

// "square kilometers", "Quadratkilometer", "vierkante kilometer".
std::string unit_words(const std::string& key,
                       const std::string& power,
                       bool one,
                       const Language& language) {
  const Unit& unit = language.units.at(key);
  const std::string name = one ? unit.one : unit.many;
  if (power.empty()) return name;
  const bool cubic = power == "³" || power == "^3";
  const std::string& prefix = cubic ? language.words.cubic : language.words.square;
  return language.family == "de" ? prefix + lower_case(name) : prefix + " " + name;
}

bool is_power(const std::string& key) {
  return key == "m" || key == "km" || key == "cm" || key == "mm" || key == "ft" || key == "mi" ||
         key == "in.";
}

std::string sign_words(const std::string& sign, const Language& language) {
  if (sign == "-") return language.words.minus + " ";
  if (sign == "+") return language.words.plus + " ";
  if (sign == "±") return language.words.plus_minus + " ";
  return sign.empty() ? "" : language.words.about + " ";
}

Expansion measure(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const bool letter_word =
      m[3] == " " && m[4].size() == 1 && m[4][0] < 'a' && !around.after.empty();
  if (letter_word || (m[4] == "'" && m[3] == " ")) return std::nullopt;  // "5 A levels"
  if (!m[5].empty() && !is_power(m[4])) return std::nullopt;
  const Unit& unit = language.units.at(m[4]);
  const bool one = is_one(language, m[2]);
  // English "a 3.5 GB file": the noun in front of another has no plural.
  const bool attributive = language.family == "en" && !around.after.empty() &&
                           (around.before == "a" || around.before == "an");
  return sign_words(m[1], language) + language.count(m[2], unit.gender, {}) + " " +
         unit_words(m[4], m[5], one || attributive, language);
}

Expansion range(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (!m[4].empty() && !is_power(m[3])) return std::nullopt;
  return number_in_words(language, m[1]) + " " + range_word(around, language) + " " +
         number_in_words(language, m[2]) + " " + unit_words(m[3], m[4], false, language);
}

Expansion area(const RuleMatch& m, const Neighbours&, const Language& language) {
  std::string out = number_in_words(language, m[1]) + " " + language.words.by + " " +
                    number_in_words(language, m[2]);
  if (!m[3].empty()) out += " " + language.words.by + " " + number_in_words(language, m[3]);
  return out + " " + unit_words(m[4], m[5], false, language);
}

Expansion feet_and_inches(const RuleMatch& m, const Neighbours&, const Language& language) {
  return cardinal(language, to_integer(m[1])) + " foot " + cardinal(language, to_integer(m[2]));
}

// "$3/lb".
Expansion per_unit(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.per + " " + unit_words(m[1], "", true, language);
}

// "per km": a unit without a number.
Expansion alone(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (!m[2].empty() && !is_power(m[1])) return std::nullopt;
  static const std::set<std::string> singular = {
      "per", "pro", "je", "a", "one", "ein", "einen", "een", "the", "der", "de"};
  return unit_words(m[1], m[2], singular.count(around.before) != 0, language);
}

}  // namespace

std::vector<Rule> unit_rules(const Language& language) {
  std::vector<Rule> rules = {
      {"area",
       "d",
       R"(({NUM}) ?[x×] ?({NUM})(?: ?[x×] ?({NUM}))? ?({UNIT}))" + std::string(kTail),
       area},
      {"range of measures",
       "d",
       R"(({NUM})(?:–|-| – )({NUM}) ?({UNIT}))" + std::string(kTail),
       range},
      {"measure",
       "ds",
       R"((?<![\p{L}\d])([-+±~≈]?) ?({NUM})([ -]?)({UNIT}))" + std::string(kTail),
       measure},
      {"per unit", "s", R"((?<=\d)/({UNIT})(?![\p{L}\d]))", per_unit},
      {"unit",
       "l",
       R"((km/h|km|kg|cm|mm|kHz|MHz|GHz|GB|MB|TB|kWh|kW|ml|mg|dB|hPa)([²³]?)(?![\p{L}\d]))",
       alone},
  };
  if (language.family == "en") {
    rules.insert(rules.begin(),
                 {"feet and inches", "d", R"((\d{1,2})' ?(\d{1,2})(?:"|''))", feet_and_inches});
  }
  return rules;
}

}  // namespace tts
