// Counts, ordinals, years, decimals, ranges, ratios.
#include "text/normalise/rules/number.h"

#include <unicode/uchar.h>

#include <regex>

#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr int64_t kFirstYear = 1100, kLastYear = 2099;
constexpr int64_t kWidestRange = 100;  // "170 - 45190" are two numbers

// "1984 people" is a count; "1984 was", "in 1984", "1984." a year.
bool counts_something(const Neighbours& around, const Language& language) {
  return !language.year_cues.count(around.before) && !around.after.empty() &&
         language.counts(around);
}

// "in 1066", "the year 2100": years that would be counts elsewhere.
bool is_distant_year(const std::string& digits,
                     const Neighbours& around,
                     const Language& language) {
  const int64_t n = to_integer(digits);
  const bool distant = (n >= 1010 && n < kFirstYear) || (n > kLastYear && n < 2200);
  const char16_t before = sign_before(around);
  const bool apart = before == ',' || before == '(' || before == u'–';  // "Hastings, 1066."
  return digits.size() == 4 && distant &&
         (language.distant_cues.count(around.before) != 0 ||
          (apart && around.after.empty() && n < kFirstYear));
}

// "Chapter 01": the zero fills up.
bool is_label(const std::string& digits, const Neighbours& around, const Language& language) {
  return digits.size() <= 3 && digits[0] == '0' && to_integer(digits) > 0 &&
         language.label_cues.count(around.before) != 0;
}

Expansion plain(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (is_label(m[0], around, language)) return cardinal(language, to_integer(m[0]));
  const bool year = (is_year(m[0]) || is_distant_year(m[0], around, language)) &&
                    !counts_something(around, language);
  return year ? language.year(to_integer(m[0])) : language.count(m[0], 0, around);
}

Expansion signed_number(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const Vocabulary& words = language.words;
  if (m[1] == "-" || m[1] == "+")
    return (m[1] == "-" ? words.minus : words.plus) + " " + number_in_words(language, m[2]);
  if (m[1] == "~") return words.about + " " + number_in_words(language, m[2]);
  if (m[1] == "≈") return words.approximately + " " + number_in_words(language, m[2]);
  const bool free = sign_before(around) == 0 || around.begin == 0 ||
                    !u_isdigit(sign_before(around));  // "37 ± 2" is no estimate
  const bool spaced = m[0].find(' ') != m[0].npos;    // "± 1650"; "±5" is a tolerance
  if (words.sign_of_about.empty() || !free || !spaced)
    return words.plus_minus + " " + number_in_words(language, m[2]);
  return words.sign_of_about + " " +
         (is_year(m[2]) ? language.year(to_integer(m[2])) : number_in_words(language, m[2]));
}

// ".50".
Expansion point_first(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, "." + m[1]);
}

Expansion compared(const RuleMatch& m, const Neighbours&, const Language& language) {
  const Vocabulary& words = language.words;
  return (m[1] == "<" ? words.less_than : words.greater_than) + " " +
         number_in_words(language, m[2]);
}

Expansion over(const RuleMatch& m, const Neighbours&, const Language& language) {
  const int64_t above = to_integer(m[1]), below = to_integer(m[2]);
  const bool pressure = above >= 60 && below >= 40 && above > below;  // "120/80"
  return number_in_words(language, m[1]) + " " +
         (pressure ? language.words.over : language.words.slash) + " " +
         number_in_words(language, m[2]);
}

std::string year_range(const std::string& first,
                       const std::string& last,
                       const Language& language) {
  const std::string to = " " + language.words.to + " ";
  const std::string begin = language.year(to_integer(first));
  if (last.size() == 4) return begin + to + language.year(to_integer(last));
  return begin + to + language.short_year(to_integer(last));  // "1990–95", "2001-02"
}

// "3-1", and beside a word about a match "1-3".
bool is_score(int64_t first, int64_t last, const Neighbours& around, const Language& language) {
  if (language.score_cues.empty() || first > 30 || last > 30) return false;
  return first >= last || cue_before(around, language.score_cues, 3) ||
         language.score_cues.count(lower_case(around.after)) != 0;
}

Expansion range(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const bool years = is_year(m[1]) && (is_year(m[2]) || m[2].size() == 2);
  if (years) return year_range(m[1], m[2], language);
  const int64_t first = to_integer(whole_digits(language, m[1])),
                last = to_integer(whole_digits(language, m[2]));
  if (first < 0 || last < 0) return std::nullopt;
  const std::string begin = number_in_words(language, m[1]);
  const std::string end = language.count(m[2], 0, around);
  if (is_score(first, last, around, language)) {
    const std::string& score = language.words.score;
    return begin + (score.empty() ? " " : " " + score + " ") + number_in_words(language, m[2]);
  }
  const bool spaced = m[0].find(' ') != m[0].npos;
  if (spaced && last > first * kWidestRange && first > 0) return begin + " , " + end;
  return begin + " " + range_word(around, language) + " " + end;
}

Expansion percent_range(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return number_in_words(language, m[1]) + " " + range_word(around, language) + " " +
         number_in_words(language, m[2]) + " " + language.words.percent;
}

// "1-2-3", "747-400": numbers side by side. Falling ones are no range.
Expansion side_by_side(const RuleMatch& m, const Neighbours&, const Language& language) {
  std::string out;
  for (size_t begin = 0; begin <= m[0].size();) {
    const size_t end = std::min(m[0].find('-', begin), m[0].size());
    out += (out.empty() ? "" : " ") + number_in_words(language, m[0].substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

Expansion model(const RuleMatch& m, const Neighbours&, const Language& language) {
  if (to_integer(m[1]) <= to_integer(m[2])) return std::nullopt;
  const auto in_pairs = [&](const std::string& digits) {
    const bool round = digits.compare(1, 2, "00") == 0;
    return round ? number_in_words(language, digits)
                 : cardinal(language, to_integer(digits.substr(0, 1))) + " " +
                       number_in_words(language, digits.substr(1));
  };
  return in_pairs(m[1]) + " " + in_pairs(m[2]);
}

Expansion by(const RuleMatch& m, const Neighbours&, const Language& language) {
  std::string out = number_in_words(language, m[1]) + " " + language.words.by + " " +
                    number_in_words(language, m[2]);
  if (!m[3].empty()) out += " " + language.words.by + " " + number_in_words(language, m[3]);
  return m[4].empty() ? out : language.plural_number(out);  // "2x4s"
}

// "9.5/10".
Expansion mark_out_of(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + language.words.out_of + " " +
         number_in_words(language, m[2]);
}

Expansion percent(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " +
         (m[2] == "‰" ? language.words.per_mille : language.words.percent);
}

Expansion score(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string& between =
      language.words.score.empty() ? language.words.to : language.words.score;
  return number_in_words(language, m[1]) + " " + between + " " + number_in_words(language, m[2]);
}

Expansion version_named(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return (around.before == language.words.version ? "" : language.words.version + " ") +
         *version_number({{m[1]}}, around, language);
}

// "3.2" where a comma parts decimals: a chapter, a mark.
Expansion dotted(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return version_number(m, around, language);
}

// "2x daily".
Expansion times(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + language.words.times;
}

std::vector<Rule> ratio_rules() {
  return {
      {"mark out of", "d", R"(({NUM})/(10|100|5)(?![/\d]))", mark_out_of},
      {"over", "d", R"(({INT})/({INT})(?![/\d]))", over},
      {"by", "d", R"(({NUM}) ?x ?({NUM})(?: ?x ?({NUM}))?(s?)(?![\d\p{L}]))", by},
      {"times", "d", R"(({NUM})x(?![\p{L}\d]))", times},
      {"side by side", "d", R"(\d{1,4}(?:-\d{1,4}){2,}(?![\d-]))", side_by_side},
      {"model", "d", R"(([1-9]\d\d)-([1-9]\d\d)(?![\d-]))", model},
      {"range",
       "d",
       R"((?<![\d\p{L}][-–])({NUM})(?:–| – | - |-)({NUM})(?![-–][\p{L}\d]|/?\d|\p{L}))",
       range},
      {"score", "d", R"((\d{1,3}):(\d{1,3})(?![:\d]))", score},
  };
}

}  // namespace

bool is_year(const std::string& digits) {
  const int64_t n = to_integer(digits);
  return digits.size() == 4 && n >= kFirstYear && n <= kLastYear;
}

Expansion ordinal_number(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int64_t n = to_integer(whole_digits(language, m[1]));
  return n < 0 ? std::nullopt : Expansion(language.ordinal(n, around));
}

Expansion numbered(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.number + " " + number_in_words(language, m[1]);
}

Expansion page_number(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string first = language.words.page + " " + number_in_words(language, m[1]);
  return m[2].empty() ? first
                      : first + " " + language.words.to + " " + number_in_words(language, m[2]);
}

Expansion version_number(const RuleMatch& m, const Neighbours&, const Language& language) {
  // "1.234.567" is a count where dots part the thousands.
  static const std::regex thousands(R"(\d{1,3}(\.\d{3})+)"), millions(R"(\d{1,3}(\.000){2,})");
  if (std::regex_match(m[0], language.thousands == '.' ? thousands : millions)) return std::nullopt;
  std::string out;
  const std::string& dot = language.decimal == '.' ? language.words.point : language.words.dot;
  for (size_t begin = 0; begin <= m[0].size();) {
    const size_t end = std::min(m[0].find('.', begin), m[0].size());
    const std::string part = m[0].substr(begin, end - begin);
    out += (out.empty() ? "" : " " + dot + " ") +
           (part.size() > 3 ? digits_in_words(language, part) : number_in_words(language, part));
    begin = end + 1;
  }
  return out;
}

std::vector<Rule> number_rules(const Language& language) {
  std::vector<Rule> rules = {
      {"percent range", "d", R"(({NUM}) ?[%]? ?[-–] ?({NUM}) ?%)", percent_range},
      {"percent", "d", R"((\.\d{1,9}|{NUM}) ?([%‰]))", percent},
      {"numbered", "s", R"([#№] ?({INT})\b)", numbered},
      {"numbered", "l", R"((?:No|n°) ?({INT})\b)", numbered},
      {"compared", "s", R"(([<>]) ?({NUM}))", compared},
      {"point first", "s", R"((?<![\p{L}\d.)])\.(\d{1,9})(?![\d\p{L}]|\.\d))", point_first},
      {"version", "d", R"(\d{1,5}(?:\.\d{1,5}){2,}(?![\d.]*\d))", version_number},
      {"version", "l", R"([vV](\d{1,4}(?:\.\d{1,5})+)(?!\d))", version_named},
  };
  for (Rule& rule : ratio_rules()) rules.push_back(std::move(rule));
  if (language.decimal != '.') {  // "Raum 2.14"
    rules.push_back({"dotted", "d", R"(\d{1,5}\.\d{1,5}(?![\d.]*\d))", dotted});
  }
  rules.push_back({"signed", "s", R"((?<![\d\p{L}])([-+])({NUM}))", signed_number});
  rules.push_back({"signed", "s", R"((?<![\d\p{L}])([±~≈+]) ?({NUM}))", signed_number});
  rules.push_back({"number", "d", R"({NUM})", plain});
  return rules;
}

}  // namespace tts
