// Roman numerals where they are ones.
#include <map>

#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/normalise/rules/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

bool is_capitalised(const std::string& word) {
  return !word.empty() && word[0] >= 'A' && word[0] <= 'Z';
}

// "Part I", not "He and I": a lone letter needs a cue and must not start a clause.
bool speaks_of_itself(const Neighbours& around) {
  static const std::set<std::string> verbs = {"am",
                                              "was",
                                              "have",
                                              "had",
                                              "will",
                                              "would",
                                              "think",
                                              "can",
                                              "could",
                                              "do",
                                              "did",
                                              "know",
                                              "want",
                                              "saw",
                                              "went",
                                              "said"};
  return verbs.count(around.after) != 0;
}

bool in_range(int64_t n, const std::string& letters) {
  return n > 0 && (n <= 100 || letters.size() > 3);
}

// "Section C", "Part D".
bool is_letter(const std::string& roman) {
  return roman.size() == 1 && roman.find_first_of("LCDM") == 0;
}

std::string capitals_of(const std::string& small) {
  return upper_case(small);
}

// "Henry VIII", "King Zog I": a name that is numbered.
bool is_ruler(const Neighbours& around, const Language& language) {
  return is_capitalised(around.before_written) &&
         (language.monarchs.count(around.before) != 0 ||
          language.titles.count(word_before(around, 2)) != 0);
}

Expansion roman(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int64_t n = roman_value(m[1]);
  if (!in_range(n, m[1]) || is_letter(m[1])) return std::nullopt;
  if (language.century_words.count(around.after) || !m[2].empty()) {
    return language.ordinal(n, around);
  }
  if (language.word_letters.find(m[1]) != std::string::npos && speaks_of_itself(around))
    return std::nullopt;
  if (language.roman_cues.count(around.before)) return cardinal(language, n) + m[3];
  const bool sure = m[1].find("II") != m[1].npos;  // no word and no acronym looks so
  if (!is_capitalised(around.before_written))
    return sure ? Expansion(cardinal(language, n) + m[3]) : std::nullopt;
  if (is_ruler(around, language)) return language.regnal(n, around) + m[3];
  const bool only_small = m[1].find_first_not_of("IVX") == m[1].npos;
  return m[1].size() == 1 || !only_small ? std::nullopt : Expansion(cardinal(language, n) + m[3]);
}

// "scene ii", "page xii"; "the part i like" is none.
Expansion small_roman(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (!language.roman_cues.count(around.before)) return std::nullopt;
  const std::string letters = capitals_of(m[1]);
  const int64_t n = roman_value(letters);
  const bool pronoun = letters == "I" && !around.after.empty();
  if (!in_range(n, letters) || is_letter(letters) || pronoun) return std::nullopt;
  return cardinal(language, n);
}

// "Wars I and II", "pages iv–xii".
Expansion roman_pair(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int64_t first = roman_value(capitals_of(m[1])), last = roman_value(capitals_of(m[3]));
  const Vocabulary& words = language.words;
  const bool dash = m[2] == "-" || m[2] == "–";
  const std::string joint = m[2] == "&" ? words.and_ : dash ? words.to : m[2];
  const bool known = joint == words.and_ || joint == words.or_ || joint == words.to;
  if (!known || first == 0 || last <= first || !language.roman_cues.count(around.before))
    return std::nullopt;
  return cardinal(language, first) + " " + joint + " " + cardinal(language, last);
}

// A chapter's number on a line of its own or before its title.
Expansion heading(const RuleMatch& m, const Neighbours&, const Language& language) {
  const int64_t n = roman_value(m[1]);
  // "V. Woolf", "I. Newton wrote"; but "I. Introduction" on a line of its own.
  const bool initial = m[1].size() == 1 && !m[2].empty() && (m[1] != "I" || m[3].empty());
  const bool ordinal = !language.ordinal_cues.empty() && !m[2].empty();  // "II. Weltkrieg"
  return !in_range(n, m[1]) || initial || ordinal ? std::nullopt : Expansion(cardinal(language, n));
}

// German "Ludwig XIV. war", "im XIX. Jahrhundert", "der II. Senat": the dot makes it an ordinal.
Expansion dotted_roman(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int64_t n = roman_value(m[1]);
  if (!in_range(n, m[1])) return std::nullopt;
  if (is_ruler(around, language)) return language.regnal(n, around);
  const bool noun = language.century_words.count(around.after) != 0 ||
                    language.ordinal_nouns.count(around.after) != 0;
  const bool article = language.ordinal_cues.count(around.before) != 0 &&
                       is_capitalised(around.after) && !is_letter(m[1]);
  return noun || article ? Expansion(language.ordinal(n, around)) : std::nullopt;
}

// "Kerkstraat 12-III".
Expansion behind_number(const RuleMatch& m, const Neighbours&, const Language& language) {
  const int64_t n = roman_value(m[2]);
  return n == 0 ? std::nullopt
                : Expansion(number_in_words(language, m[1]) + " " + cardinal(language, n));
}

// "Parts I, II and III": behind another one.
Expansion listed(const RuleMatch& m, const Neighbours&, const Language& language) {
  const int64_t n = roman_value(m[1]);
  return in_range(n, m[1]) && !is_letter(m[1]) ? Expansion(cardinal(language, n)) : std::nullopt;
}

}  // namespace

std::vector<Rule> roman_rules(const Language& language) {
  const std::string tail =
      "(" + language.roman_ending + ")" + (language.roman_ending.empty() ? "" : "?");
  const std::string possessive = language.roman_possessive ? "('s)?" : "()";
  const std::string either = "([IVXLC]{1,7}|[ivxlc]{1,7})";
  std::vector<Rule> rules = {
      {"chapter",
       "l",
       R"((?<![^\n])([IVXLC]{1,7})(?=\.?[ \t]*\n[ \t]*\n|(\. )\p{Lu}([^.\n]{0,80}(?:\n|$))?))",
       heading},
      {"two Roman numerals",
       "l",
       either + R"((?: ?(?=[–-])| )([–-]|\p{L}{2,4}|&) ?)" + either + R"((?![\p{L}\d'-]))",
       roman_pair},
      {"Roman numeral", "d", R"((\d{1,4})-([IVX]{1,5})(?![\p{L}\d-]))", behind_number}};
  if (!language.ordinal_cues.empty())
    rules.push_back({"dotted Roman numeral", "l", R"(([IVXLCDM]{1,9})\.(?!\p{L}))", dotted_roman});
  rules.push_back(
      {"Roman numeral", "l", "([IVXLCDM]{1,9})" + tail + possessive + R"((?![\p{L}\d'-]))", roman});
  rules.push_back({"Roman numeral",
                   "l",
                   R"((?<=(?<!\p{L})[IVX]{1,5}(?:,|,? (?:{AND}|&)) )([IVX]{2,5})(?![\p{L}\d'-]))",
                   listed});
  rules.push_back({"small Roman numeral", "l", R"(([ivxlc]{1,7})(?![\p{L}\d/'-]))", small_roman});
  return rules;
}

}  // namespace tts
