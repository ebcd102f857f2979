// Roman numerals where they are ones.
#include <map>

#include "text/normalise/numbers.h"
#include "text/normalise/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

int64_t value_of(char c) {
  static const std::map<char, int64_t> values = {
      {'I', 1}, {'V', 5}, {'X', 10}, {'L', 50}, {'C', 100}, {'D', 500}, {'M', 1000}};
  return values.at(c);
}

std::string written_as_roman(int64_t n) {
  static const std::pair<int64_t, const char*> parts[] = {{1000, "M"},
                                                          {900, "CM"},
                                                          {500, "D"},
                                                          {400, "CD"},
                                                          {100, "C"},
                                                          {90, "XC"},
                                                          {50, "L"},
                                                          {40, "XL"},
                                                          {10, "X"},
                                                          {9, "IX"},
                                                          {5, "V"},
                                                          {4, "IV"},
                                                          {1, "I"}};
  std::string out;
  for (const auto& [value, letters] : parts) {
    for (; n >= value; n -= value) out += letters;
  }
  return out;
}

// 0 when the letters are no well-formed numeral.
int64_t parse(const std::string& roman) {
  int64_t total = 0;
  for (size_t i = 0; i < roman.size(); ++i) {
    const int64_t value = value_of(roman[i]);
    total += i + 1 < roman.size() && value < value_of(roman[i + 1]) ? -value : value;
  }
  return total > 0 && total < 4000 && written_as_roman(total) == roman ? total : 0;
}

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

Expansion roman(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int64_t n = parse(m[1]);
  if (!in_range(n, m[1])) return std::nullopt;
  if (language.century_words.count(around.after) || !m[2].empty()) {
    return language.ordinal(n, around);
  }
  if (m[1] == "I" && speaks_of_itself(around)) return std::nullopt;
  if (language.roman_cues.count(around.before)) return cardinal(language, n);
  if (!is_capitalised(around.before_written)) return std::nullopt;
  if (language.monarchs.count(around.before)) return language.regnal(n, around);
  const bool only_small = m[1].find_first_not_of("IVX") == m[1].npos;
  return m[1].size() == 1 || !only_small ? std::nullopt : Expansion(cardinal(language, n));
}

// German "Ludwig XIV. war", "im XIX. Jahrhundert": the dot makes it an ordinal.
Expansion dotted_roman(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int64_t n = parse(m[1]);
  if (!in_range(n, m[1])) return std::nullopt;
  if (language.century_words.count(around.after)) return language.ordinal(n, around);
  const bool king = language.monarchs.count(around.before) && is_capitalised(around.before_written);
  return king ? Expansion(language.regnal(n, around)) : std::nullopt;
}

}  // namespace

std::vector<Rule> roman_rules(const Language& language) {
  const std::string tail = language.family == "en"   ? "(th)?"
                           : language.family == "nl" ? "(e)?"
                                                     : "()";
  std::vector<Rule> rules;
  if (language.family == "de") {
    rules.push_back({"dotted Roman numeral", "l", R"(([IVXLCDM]{1,9})\.(?= \p{L}))", dotted_roman});
  }
  rules.push_back({"Roman numeral", "l", "([IVXLCDM]{1,9})" + tail + R"((?![\p{L}\d'-]))", roman});
  return rules;
}

}  // namespace tts
