// Rules of English alone: short forms and the letter A here, the others beside.
#include <unicode/uchar.h>

#include "text/normalise/english/english.h"
#include "text/normalise/numbers.h"
#include "text/unicode.h"

namespace tts {
namespace {

// "221 W. 57th St.", "Ave. NW", "1211 E Arques Ave".
Expansion direction(const RuleMatch& m, const Neighbours&, const Language&) {
  std::string out;
  for (char c : m[1]) out += c == 'N' ? "north" : c == 'S' ? "south" : c == 'E' ? "east" : "west";
  return out;
}

// "est. 1899", "d. 1519".
Expansion before_year(const RuleMatch& m, const Neighbours&, const Language&) {
  return lower_case(m[1]) == "est" ? "established" : m[1] == "b" ? "born" : "died";
}

// "exp. 09/27".
Expansion expires(const RuleMatch& m, const Neighbours&, const Language& language) {
  return "expires " + number_in_words(language, m[1]) + " " + cardinal(language, to_integer(m[2]));
}

std::vector<Rule> contraction() {
  return {
      {"expires", "l", R"([Ee]xp\.?:? (\d\d)/(?:20)?(\d\d)(?!\d))", expires},
      {"before a year", "l", R"(([Ee]st|[bd])\.(?= (?:c\. ?)?\d{4}))", before_year},
      {"direction", "l", R"(([NESW])\.?(?= \d{1,3}(?:st|nd|rd|th)(?!\p{L})))", direction},
      {"direction",
       "l",
       R"((?<=(?<![\d,])\d{1,5} )([NESW])\.?(?= \p{Lu}[\p{L}']+ (?:\p{Lu}[\p{L}']+ )?{STREET}(?!\p{L})))",
       direction},
      {"direction",
       "l",
       R"((?<=(?:St|Ave|Rd|Blvd|Dr|Pl|Ln)\.? )([NS][EW]|[NESW])(?![\p{L}\d]))",
       direction},
  };
}

// The letter where it is no article: "A4", "the A team", "plan A", "from A to B".
Expansion letter_a(const RuleMatch& m, const Neighbours& around, const Language&) {
  static const Words determiners = {
      "the", "an", "this", "that", "my", "your", "his", "her", "their", "straight", "letter"};
  static const Words nouns = {
      "vitamin",   "plan",   "section",   "grade",    "team",    "type",     "group",    "side",
      "level",     "class",  "hepatitis", "appendix", "exhibit", "gate",     "wing",     "block",
      "category",  "option", "part",      "figure",   "table",   "point",    "unit",     "room",
      "hall",      "model",  "schedule",  "series",   "serie",   "building", "terminal", "variant",
      "influenza", "flu",    "answer",    "question", "case",    "zone"};
  static const Words verbs = {"to", "and", "or", "is", "was", "plus", "minus"};
  const bool joined = !m[2].empty(), capital = m[1] == "A";
  const bool name_after = !around.after.empty() && u_isupper(from_utf8(around.after)[0]);
  const bool small_before =
      !around.before_written.empty() && u_islower(from_utf8(around.before_written)[0]);
  const bool letter =
      joined || around.before == "letter" ||
      (capital && (determiners.count(around.before) || verbs.count(around.after))) ||
      (capital && !name_after && (small_before || nouns.count(around.before)));
  return letter ? Expansion(spelled("a")) : std::nullopt;
}

Expansion quoted_letter(const RuleMatch&, const Neighbours&, const Language&) {
  return spelled("a");
}

Expansion grade_minus(const RuleMatch&, const Neighbours&, const Language& language) {
  return language.words.minus;
}

std::vector<Rule> capital() {
  return {
      {"letter A",
       "l",
       R"((?<!["'(\p{L}]|\. {0,2})([Aa])(?![\p{L}'&.]|-\p{L})(?:(?=(\d|/\p{L}(?!\p{L})|\+| & \p{Lu}(?!\p{L})))|))",
       letter_a},
      {"quoted letter", "l", R"((?<=["'(])[Aa](?=["')]))", quoted_letter},
      {"grade", "s", R"((?<=an? [A-F])-(?=[\s.,;!?)]|$))", grade_minus},
  };
}

}  // namespace

std::vector<Rule> english_rules(RuleGroup group) {
  switch (group) {
    case RuleGroup::kDate:
      return english_date_rules();
    case RuleGroup::kTime:
      return english_time_rules();
    case RuleGroup::kPhone:
      return english_phone_rules();
    case RuleGroup::kUnit:
      return english_unit_rules();
    case RuleGroup::kFraction:
      return english_fraction_rules();
    case RuleGroup::kNumber:
      return english_number_rules();
    case RuleGroup::kCapital:
      return capital();
    case RuleGroup::kContraction:
      return contraction();
    default:
      return {};
  }
}

}  // namespace tts