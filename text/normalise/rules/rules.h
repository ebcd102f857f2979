// Rules that read written forms aloud: each is a pattern anchored where a token starts.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "text/normalise/language.h"

namespace tts {

// What a pattern found: group 0 is everything, absent groups are empty.
struct RuleMatch {
  std::vector<std::string> group;
  const std::string& operator[](size_t i) const { return group[i]; }
};

// Spoken words separated by spaces. A comma of its own is a short rest; a word that starts with
// kLetterMark is a letter's name. Nothing: the rule does not apply after all.
using Expansion = std::optional<std::string>;
inline constexpr char kLetterMark = '^';
// What is written here makes no sound, a smiley for instance.
inline constexpr char kSilent[] = " ";

struct Rule {
  const char* name;
  const char* starts_with;  // kinds of first character: d digit, l letter, s sign or symbol
  // ICU regular expression. {NUM} {INT} a number; {UNIT} {CUR} {CODE} {SCALE} {MONEYSCALE} {MONTH}
  // {SLASHED} {OR} {PER} {WEEKDAY} the tables' keys; {AND} the words for and, or, to; {CLOCK} what
  // follows a time.
  std::string pattern;
  Expansion (*expand)(const RuleMatch&, const Neighbours&, const Language&);
};

enum class RuleGroup {
  kAddress,
  kMath,
  kMoney,
  kDate,
  kTime,
  kPhone,
  kUnit,
  kFraction,
  kNumber,
  kRoman,
  kCapital,
  kContraction
};

// In order of precedence, the language's own of a group before those of all languages; the first
// that matches and applies wins.
std::vector<Rule> rules_for(const Language& language);

// One list per group; rules_for puts them into order.
std::vector<Rule> address_rules(const Language&);
std::vector<Rule> math_rules(const Language&);
std::vector<Rule> money_rules(const Language&);
std::vector<Rule> date_rules(const Language&);
std::vector<Rule> time_rules(const Language&);
std::vector<Rule> phone_rules(const Language&);
std::vector<Rule> unit_rules(const Language&);
std::vector<Rule> fraction_rules(const Language&);
std::vector<Rule> number_rules(const Language&);
std::vector<Rule> roman_rules(const Language&);
std::vector<Rule> capital_rules(const Language&);
std::vector<Rule> contraction_rules(const Language&);

// Between the ends of a range: "to", but "between 5 and 10".
const std::string& range_word(const Neighbours& around, const Language& language);

// "NBA" → letters by name.
std::string spelled(const std::string& letters);

}  // namespace tts
