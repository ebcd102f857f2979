// Mathematics: powers, roots, operators, equations. Units with powers are in unit.cpp.
#include <unicode/uchar.h>

#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/normalise/rules/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr char kSuperscript[] = "([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)";

// "⁻¹²" → "-12".
std::string plain_digits(const std::string& superscript) {
  static const icu::UnicodeString digits(u"⁰¹²³⁴⁵⁶⁷⁸⁹");
  const icu::UnicodeString written = from_utf8(superscript);
  std::string out;
  for (int32_t i = 0; i < written.length(); ++i) {
    const int32_t digit = digits.indexOf(written[i]);
    if (digit >= 0) out.push_back(static_cast<char>('0' + digit));
    if (written[i] == u'⁻') out.push_back('-');
  }
  return out;
}

std::string power_words(const std::string& exponent, const Language& language) {
  const Vocabulary& words = language.words;
  if (exponent == "2") return words.squared;
  if (exponent == "3") return words.cubed;
  return words.power + " " + number_in_words(language, exponent);
}

Expansion superscript(const RuleMatch& m, const Neighbours&, const Language& language) {
  return power_words(plain_digits(m[1]), language);
}

// "H₂O".
Expansion subscript(const RuleMatch& m, const Neighbours&, const Language& language) {
  const icu::UnicodeString written = from_utf8(m[1]);
  std::string digits;
  for (int32_t i = 0; i < written.length(); ++i)
    digits.push_back(static_cast<char>('0' + (written[i] - u'₀')));
  return number_in_words(language, digits);
}

// "x^2", "10^6".
Expansion caret(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.power + " " + number_in_words(language, m[1]);
}

Expansion number_to_power(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + language.words.power + " " +
         number_in_words(language, m[2]);
}

// "3×10⁸ m/s", "6.02 · 10^23".
Expansion scientific(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string exponent = m[2].empty() ? m[3] : plain_digits(m[2]);
  const auto unit = language.units.find(m[4]);
  return number_in_words(language, m[1]) + " " + language.words.times + " " +
         cardinal(language, 10) + " " + language.words.power + " " +
         number_in_words(language, exponent) +
         (unit == language.units.end() ? "" : " " + unit->second.many);
}

// "1e-5", "2.5E10".
Expansion e_notation(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string exponent = m[2][0] == '+' ? m[2].substr(1) : m[2];
  const bool minus = exponent[0] == '-';
  std::string digits = exponent.substr(minus);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return number_in_words(language, m[1]) + " " + language.words.times + " " +
         cardinal(language, 10) + " " + language.words.power + " " +
         (minus ? language.words.minus + " " : "") + number_in_words(language, digits);
}

// "!=", "->", "≥": by the language's table.
Expansion sign(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const bool mark = m[1] == "®" || m[1] == "™" || m[1] == "¶" || m[1] == "†";
  const bool behind = around.begin > 0 && u_isalnum((*around.text)[around.begin - 1]);
  if (mark && behind) return std::nullopt;  // "Windows®": nobody reads it
  const auto found = language.signs.find(m[1]);
  return found == language.signs.end() ? std::nullopt : Expansion(found->second);
}

// "8 : 2 = 4", "12 / 4 = 3".
Expansion divided(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (!in_equation(around)) return std::nullopt;
  return number_in_words(language, m[1]) + " " + language.words.divided_by + " " +
         number_in_words(language, m[2]);
}

Expansion product(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + language.words.times + " " +
         number_in_words(language, m[2]);
}

// "3 x 4 = 12"; elsewhere "3 x 4" is an area.
Expansion product_by_letter(const RuleMatch& m,
                            const Neighbours& around,
                            const Language& language) {
  return in_equation(around) ? product(m, around, language) : std::nullopt;
}

// "10 – 4 = 6", "5-3=2": no range.
Expansion difference(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (!in_equation(around)) return std::nullopt;
  return number_in_words(language, m[1]) + " " + language.words.minus + " " +
         number_in_words(language, m[2]);
}

// "x² - 4 = 0", "a - b = c", "10 - 4 - 2 = 4".
Expansion minus(const RuleMatch&, const Neighbours& around, const Language& language) {
  return in_equation(around) ? Expansion(language.words.minus) : std::nullopt;
}

// "2x + 3": a number and a letter it is multiplied by.
Expansion coefficient(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (!in_equation(around) || language.units.count(m[2])) return std::nullopt;
  return number_in_words(language, m[1]) + " " + spelled(m[2]);
}

// "n! is", "5! = 120"; "Stop at 5! Then" is none.
Expansion factorial(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto word = language.signs.find("n!");
  const bool goes_on = !around.after.empty() && u_islower(from_utf8(around.after).char32At(0));
  const char16_t next = sign_after(around);
  const bool calculated = next != 0 && icu::UnicodeString(u"=+-*/×·)").indexOf(next) >= 0;
  if (word == language.signs.end() || !(goes_on || calculated)) return std::nullopt;
  const bool number = m[1][0] >= '0' && m[1][0] <= '9';
  return (number ? number_in_words(language, m[1]) : spelled(m[1])) + " " + word->second;
}

// "1/f noise".
Expansion over_letter(const RuleMatch& m, const Neighbours&, const Language& language) {
  if (language.per_nouns.count(m[2])) return std::nullopt;
  return number_in_words(language, m[1]) + " " + language.words.over + " " + spelled(m[2]);
}

// ":-)": a smiley makes no sound.
Expansion silent(const RuleMatch&, const Neighbours&, const Language&) {
  return std::string(kSilent);
}

std::vector<Rule> equation_rules() {
  return {
      {"division", "d", R"(({NUM})(?: : | ?÷ ?| / | ?/ ?(?=\d+ ?=))({NUM})(?![:\d]))", divided},
      {"product", "d", R"(({NUM}) ?[×*·⋅] ?({NUM})(?!\^|[⁰-⁹]| ?{UNIT}(?!\p{L})))", product},
      {"product", "d", R"(({NUM}) ?x ?({NUM})(?![\d\p{L}]))", product_by_letter},
      {"difference",
       "d",
       R"((?<![\d\p{L}][-–])({NUM}) ?[-–] ?({NUM})(?![-–/.]?\d|\p{L}))",
       difference},
      {"minus", "s", R"((?<=[\p{L}\d²³)] ?)[-–](?= ?(?:\d|\p{L}(?!\p{L})|\()))", minus},
      {"coefficient", "d", R"(({NUM})([a-z])(?![\p{L}\d]))", coefficient},
  };
}

}  // namespace

std::vector<Rule> math_rules(const Language&) {
  const std::string super = kSuperscript;
  std::vector<Rule> rules = {
      {"smiley", "s", R"((?<![^\s(])(?:[:;=8]['-]?[()DPpO/|*\]\[3]|<3)(?![^\s.,!?)]))", silent},
      {"scientific notation",
       "d",
       "({NUM}) ?[×x*·⋅] ?10(?:" + super + R"(|\^(-?\d{1,3}))(?: ?({UNIT})(?![\p{L}\d]))?)",
       scientific},
      {"scientific notation",
       "d",
       R"((\d{1,9}(?:[.,]\d{1,9})?)[eE]([+-]\d{1,3}|\d{1,3}(?=[\s.,;)]|$))(?![\p{L}\d]))",
       e_notation},
      {"power", "d", R"(({NUM})\^(-?{INT}))", number_to_power},
      {"power", "s", R"((?<=[\p{L}\d)])\^(-?{INT}))", caret},
      // Behind a longer word it is a note's number.
      {"power",
       "s",
       R"((?<=(?<![\p{L}])\p{L}{1,2}|(?:sin|cos|tan|log)|[\d)πθφλσ]))" + super,
       superscript},
      {"subscript", "s", R"(([₀₁₂₃₄₅₆₇₈₉]+))", subscript},
      {"factorial", "d", R"((\d{1,3})!(?!\p{L}))", factorial},
      {"factorial", "l", R"((?<![\p{L}\d'])([nkmx])!(?!=))", factorial},
      {"over", "d", R"((\d{1,3})/([a-z])(?![\p{L}\d/]))", over_letter},
      {"operator",
       "s",
       R"((?<=[\s\p{L}\d)\]²³])(<=>|<->|<=|>=|!==|!=|===|==|=>|->|<-|:=|&&|\|\|)(?=[\s\p{L}\d(\["'+-]))",
       sign},
      {"mathematical sign", "s", "([^\\x00-\\x7F])", sign},
  };
  for (Rule& rule : equation_rules()) rules.push_back(std::move(rule));
  return rules;
}

}  // namespace tts
