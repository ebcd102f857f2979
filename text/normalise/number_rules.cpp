// Counts, ordinals, years, decimals, ranges, ratios.
#include <regex>
#include <set>

#include "text/normalise/numbers.h"
#include "text/normalise/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr int64_t kFirstYear = 1100, kLastYear = 2099;

bool is_year(const std::string& digits) {
  const int64_t n = to_integer(digits);
  return digits.size() == 4 && n >= kFirstYear && n <= kLastYear;
}

// "1984 people" is a count; "1984 was", "in 1984", "1984." a year.
bool counts_something(const Neighbours& around, const Language& language) {
  if (language.year_cues.count(around.before)) return false;
  const std::string& next = around.after;
  if (next.empty()) return false;
  if (language.family == "de") return next[0] >= 'A' && next[0] <= 'Z';
  static const std::set<std::string> verbs = {
      "was", "is", "has", "does", "this", "as", "us", "its"};
  return next.size() > 3 &&
         (next.back() == 's' || next == "people" || next == "mensen" || next == "men") &&
         next[0] >= 'a' && !verbs.count(next);
}

// "in 1066", "the year 2100": years that would be counts elsewhere.
bool is_distant_year(const std::string& digits, const Neighbours& around) {
  static const std::set<std::string> cues = {
      "in", "year", "since", "circa", "anno", "jahr", "jahre", "jaar"};
  const int64_t n = to_integer(digits);
  const bool distant = (n >= 1010 && n < kFirstYear) || (n > kLastYear && n < 2200);
  return digits.size() == 4 && distant && cues.count(around.before) != 0;
}

std::string year_or_count(const std::string& digits,
                          const Neighbours& around,
                          const Language& language) {
  const bool year =
      (is_year(digits) || is_distant_year(digits, around)) && !counts_something(around, language);
  return year ? language.year(to_integer(digits)) : language.count(digits, 0, around);
}

Expansion plain(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return year_or_count(m[0], around, language);
}

Expansion signed_number(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string sign = m[1] == "+"                  ? language.words.plus
                           : m[1] == "±"                ? language.words.plus_minus
                           : m[1] == "~" || m[1] == "≈" ? language.words.about
                                                        : language.words.minus;
  return sign + " " + number_in_words(language, m[2]);
}

// ".50", "H₂O", "x^2", "<5", "p. 12".
Expansion point_first(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.point + " " + digits_in_words(language, m[1]);
}

Expansion subscript(const RuleMatch& m, const Neighbours&, const Language& language) {
  icu::UnicodeString digits;
  const icu::UnicodeString written = from_utf8(m[1]);
  for (int32_t i = 0; i < written.length(); ++i)
    digits.append(static_cast<char16_t>(u'0' + (written[i] - u'₀')));
  return number_in_words(language, to_utf8(digits));
}

Expansion power_of_letter(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.power + " " + number_in_words(language, m[1]);
}

Expansion compared(const RuleMatch& m, const Neighbours&, const Language& language) {
  const Vocabulary& words = language.words;
  return (m[1] == "<" ? words.less_than : words.greater_than) + " " +
         number_in_words(language, m[2]);
}

Expansion page(const RuleMatch& m, const Neighbours&, const Language& language) {
  const char* word = language.family == "en"   ? "page"
                     : language.family == "de" ? "Seite"
                                               : "pagina";
  const std::string first = word + (" " + number_in_words(language, m[1]));
  return m[2].empty() ? first
                      : first + " " + language.words.to + " " + number_in_words(language, m[2]);
}

Expansion ordinal(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int64_t n = to_integer(whole_digits(language, m[1]));
  if (n < 0) return std::nullopt;
  return language.ordinal(n, around);
}

Expansion over(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + language.words.slash + " " +
         number_in_words(language, m[2]);
}

Expansion range(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const bool years = is_year(m[1]) && (is_year(m[2]) || m[2].size() == 2);
  const int64_t first = to_integer(whole_digits(language, m[1])),
                last = to_integer(whole_digits(language, m[2]));
  if (years && m[2].size() == 2) {  // 1990–95
    return language.year(first) + " " + language.words.to + " " + cardinal(language, last);
  }
  if (years) return language.year(first) + " " + language.words.to + " " + language.year(last);
  if (first < 0 || last < 0) return std::nullopt;
  const std::string ending = m[3];
  const std::string& to = range_word(around, language);
  std::string out =
      number_in_words(language, m[1]) + " " + to + " " + language.count(m[2], 0, around);
  return ending.empty() ? out : out + " " + language.words.percent;
}

Expansion by(const RuleMatch& m, const Neighbours&, const Language& language) {
  std::string out = number_in_words(language, m[1]) + " " + language.words.by + " " +
                    number_in_words(language, m[2]);
  return m[3].empty() ? out : out + " " + language.words.by + " " + number_in_words(language, m[3]);
}

Expansion power(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + language.words.power + " " +
         number_in_words(language, m[2]);
}

Expansion product(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + language.words.times + " " +
         number_in_words(language, m[2]);
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
  return number_in_words(language, m[1]) + " " + language.words.score + " " +
         number_in_words(language, m[2]);
}

// "1.2.3", "192.168.0.1".
Expansion version(const RuleMatch& m, const Neighbours&, const Language& language) {
  // "1.234.567" is a count where dots part the thousands.
  static const std::regex thousands(R"(\d{1,3}(\.\d{3})+)");
  if (language.thousands == '.' && std::regex_match(m[0], thousands)) return std::nullopt;
  std::string out;
  const std::string dot = language.words.point.empty() || language.decimal == '.'
                              ? language.words.point
                              : language.words.dot;
  for (size_t begin = 0; begin <= m[0].size();) {
    const size_t end = std::min(m[0].find('.', begin), m[0].size());
    const std::string part = m[0].substr(begin, end - begin);
    out += (out.empty() ? "" : " " + dot + " ") +
           (part.size() > 3 ? digits_in_words(language, part) : number_in_words(language, part));
    begin = end + 1;
  }
  return out;
}

Expansion numbered(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.number + " " + number_in_words(language, m[1]);
}

Expansion decade(const RuleMatch& m, const Neighbours&, const Language& language) {
  const int64_t n = to_integer(m[1]);
  if (n % 10 != 0) return std::nullopt;
  std::string words = m[1].size() == 4 ? language.year(n) : cardinal(language, n);
  const bool ies = words.back() == 'y';
  return ies ? words.substr(0, words.size() - 1) + "ies" : words + "s";
}

Expansion german_decade(const RuleMatch& m, const Neighbours&, const Language& language) {
  const int64_t n = to_integer(m[1]);
  if (n % 10 != 0) return std::nullopt;
  return (m[1].size() == 4 ? language.year(n) : cardinal(language, n)) + m[0].substr(m[1].size());
}

Expansion short_year(const RuleMatch& m, const Neighbours&, const Language& language) {
  const int64_t n = to_integer(m[1]);
  return std::string(n < 10 && language.family == "en" ? "oh " : "") + cardinal(language, n);
}

Expansion numbered_version(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return (around.before == "version" ? "" : "version ") + *version({{m[1]}}, around, language);
}

// "1.4bn", "5M".
Expansion scaled(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + language.scale_names.at(m[2]).many;
}

// "21st c.".
Expansion century(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return language.ordinal(to_integer(m[1]), around) + " century";
}

// "2x daily".
Expansion times(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + language.words.times;
}

std::vector<Rule> english_rules() {
  return {
      {"scaled", "d", R"((?!3M)({NUM})(bn|tn|mn|M|(?<=\.\d{1,3})B)(?![\p{L}\d]))", scaled},
      {"century", "d", R"((\d{1,2})(?:st|nd|rd|th)[ -]c\.)", century},
      {"ordinal", "d", R"(({INT})(?:st|nd|rd|th)\b)", ordinal},
      {"short year", "s", R"('(\d\d)\b(?!'))", short_year},
      {"page", "l", R"([Pp]\. ?({INT})(?:[-–]({INT}))?\b)", page},
      {"numbered", "l", R"([Nn]os?\.\s?({INT})\b)", numbered},
  };
}

// "der 2. Weltkrieg": an ordinal when an article or a known noun says so; else a number and a full
// stop.
Expansion dotted_ordinal(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const bool small_next = !around.after.empty() && around.after[0] >= 'a' && around.after[0] <= 'z';
  const bool cue =
      language.ordinal_cues.count(around.before) || language.ordinal_nouns.count(around.after);
  if (!cue && !small_next) return std::nullopt;
  return language.ordinal(to_integer(whole_digits(language, m[1])), around);
}

std::vector<Rule> german_rules() {
  return {
      {"ordinal", "d", R"(({INT})\.(?= [\p{L}]))", dotted_ordinal},
      {"decade", "d", R"((\d{4}|\d0)er(?:n|-)?(?!\p{L}))", german_decade},
      {"numbered", "l", R"(Nr\. ?({INT})\b)", numbered},
      {"page", "l", R"(S\. ?({INT})(?:[-–]({INT}))?\b)", page},
  };
}

// "80'er": tachtiger.
Expansion dutch_decade(const RuleMatch& m, const Neighbours&, const Language& language) {
  return cardinal(language, to_integer(m[1])) + "er";
}

std::vector<Rule> dutch_rules() {
  return {
      {"ordinal", "d", R"(({INT})(?:e|ste|de)(?!\p{L}))", ordinal},
      {"numbered", "l", R"([Nn]r\. ?({INT})\b)", numbered},
      {"page", "l", R"((?:[Pp]|[Bb]lz)\. ?({INT})(?:[-–]({INT}))?\b)", page},
      {"short year", "s", R"('(\d\d)(?!\d|'))", short_year},
      {"decade", "d", R"((\d0)'?er(?!\p{L}))", dutch_decade},
  };
}

}  // namespace

std::vector<Rule> decade_rules(const Language& language) {
  if (language.family != "en") return {};
  return {{"decade", "d", R"((\d{3}0|\d0)'?s\b)", decade},
          {"decade", "s", R"('(\d0)'?s\b)", decade}};
}

std::vector<Rule> number_rules(const Language& language) {
  std::vector<Rule> rules;
  if (language.family == "en") rules = english_rules();
  if (language.family == "de") rules = german_rules();
  if (language.family == "nl") rules = dutch_rules();
  const std::vector<Rule> common = {
      {"percent range", "d", R"(({NUM}) ?[%]? ?[-–] ?({NUM}) ?(%))", range},
      {"percent", "d", R"(({NUM}) ?([%‰]))", percent},
      {"numbered", "s", R"([#] ?({INT})\b)", numbered},
      {"numbered", "l", R"(No ?({INT})\b)", numbered},
      {"numbered", "s", R"(№ ?({INT})\b)", numbered},
      {"numbered", "l", R"(n° ?({INT})\b)", numbered},
      {"subscript", "s", R"(([₀₁₂₃₄₅₆₇₈₉]+))", subscript},
      {"power", "s", R"((?<=[\p{L})])\^(-?{INT}))", power_of_letter},
      {"compared", "s", R"(([<>]) ?({NUM}))", compared},
      {"point first", "s", R"((?<![\p{L}\d.)])\.(\d{1,9})(?![\d\p{L}]|\.\d))", point_first},
      {"version", "d", R"(\d{1,5}(?:\.\d{1,5}){2,}(?![\d.]*\d))", version},
      {"version", "l", R"([vV](\d{1,4}(?:\.\d{1,5})+)(?!\d))", numbered_version},
      {"mark out of", "d", R"(({NUM})/(10|100|5)(?![/\d]))", mark_out_of},
      {"over", "d", R"(({INT})/({INT})(?![/\d]))", over},
      {"by", "d", R"(({NUM}) ?x ?({NUM})(?: ?x ?({NUM}))?(?![\d\p{L}]))", by},
      {"product", "d", R"(({NUM}) ?[×*] ?({NUM}))", product},
      {"times", "d", R"(({NUM})x(?![\p{L}\d]))", times},
      {"power", "d", R"(({NUM})\^(-?{INT}))", power},
      {"range", "d", R"(({NUM})(?:–| – |-)({NUM})(?![-–][\p{L}\d]|/?\d)())", range},
      {"score", "d", R"((\d{1,3}):(\d{1,3})(?![:\d]))", score},
      {"signed", "s", R"((?<![\d\p{L}])([-+±~≈]) ?({NUM}))", signed_number},
      {"number", "d", R"({NUM})", plain},
  };
  rules.insert(rules.end(), common.begin(), common.end());
  if (language.decimal != '.') {  // "Raum 2.14"
    rules.insert(rules.end() - 1, {"dotted", "d", R"(\d{1,5}\.\d{1,5}(?![\d.]*\d))", version});
  }
  return rules;
}

}  // namespace tts
