// Rules of Dutch alone.
#include "text/normalise/dutch/dutch.h"
#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/normalise/rules/date.h"
#include "text/normalise/rules/groups.h"
#include "text/normalise/rules/number.h"
#include "text/normalise/rules/time.h"
#include "text/unicode.h"

namespace tts {
namespace {

// "29-02", "op 3-4", "3/5": a day and a month where a word or a zero says so.
Expansion short_date(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const bool cued = language.date_cues.count(around.before) != 0 &&
                    !language.score_cues.count(word_before(around, 2));
  const bool padded = m[2].size() == 2 && m[2][0] == '0';
  if (!(cued || padded) || language.score_cues.count(around.before)) return std::nullopt;
  return day_first_date({{m[0], m[1], m[2], ""}}, around, language);
}

std::vector<Rule> date() {
  return {
      {"date", "d", R"((\d{1,2})[-./](\d{1,2})[-./]'?(\d{4}|\d\d)(?!\d|\.\d))", day_first_date},
      {"date",
       "d",
       R"((\d{1,2})[-/](\d{1,2})(?![\d/%=-]|[.,]\d| ?=| ?%| ?{UNIT}(?!\p{L})))",
       short_date},
      {"date", "d", R"((\d{1,2}) ({MONTH})(?!\p{L})(?: (\d{4})(?!\d))?)", named_date},
      {"month and year", "l", R"(({MONTH}) (\d{4})(?![\d:]))", month_and_year},
      {"weekday",
       "l",
       R"((ma|di|wo|do|vr|za)\.(?= \p{Ll}|,| \d))",
       [](const RuleMatch& m, const Neighbours&, const Language& l) {
         return Expansion(l.weekdays.at(m[1]));
       }},
  };
}

// "12u30", "14h15".
Expansion clock(const RuleMatch& m, const Neighbours&, const Language& language) {
  return checked_time(m[1], m[2], "", "", language);
}

// "16u00-18u30", "9u-17u".
Expansion clock_range(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto first = checked_time(m[1], m[2], "", "", language),
             last = checked_time(m[3], m[4], "", "", language);
  if (!first || !last) return std::nullopt;
  return *first + " " + range_word(around, language) + " " + *last;
}

std::vector<Rule> time() {
  const std::string hour = R"((\d{1,2})[uh]([0-5]\d)?)";
  return {
      {"time range", "d", hour + " ?[-–] ?" + hour + R"((?![\d\p{L}]))", clock_range},
      {"time", "d", R"((\d{1,2}) ?[uh] ?([0-5]\d)(?![\d\p{L}]))", clock},
      {"time", "d", R"((\d{1,2})[uh]()(?![\d\p{L}]))", clock},
      {"time", "d", R"((\d{1,2}) uur(?!\p{L})(?: (\d\d)(?![\d.,]| ?min| ?sec))?)", clock},
  };
}

// "80'er": tachtiger.
Expansion decade(const RuleMatch& m, const Neighbours&, const Language& language) {
  return cardinal(language, to_integer(m[1])) + m[2];
}

// "A4'tje".
Expansion diminutive(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + m[2];
}

Expansion short_year(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return in_quotes(around, '\'') ? std::nullopt : Expansion(language.short_year(to_integer(m[1])));
}

std::vector<Rule> number() {
  return {
      {"ordinal", "d", R"(({INT})(?:e|ste|de)(?!\p{L}))", ordinal_number},
      {"numbered", "l", R"([Nn]r\. ?({INT})\b)", numbered},
      {"page", "l", R"((?:[Pp]|[Bb]lz)\. ?({INT})(?:[-–]({INT}))?\b)", page_number},
      {"short year",
       "s",
       R"((?<![\p{L}\d'])'(\d\d)(?!\d|'|[.,]\d|[^'\n]{1,80}[\p{L}\d.!?,]'(?![\p{L}\d])))",
       short_year},
      {"decade", "d", R"((\d0)'?(ers?)(?!\p{L}))", decade},
      {"diminutive", "d", R"((?<=\p{L})(\d{1,3})'?(tjes?|jes?)(?!\p{L}))", diminutive},
  };
}

// "1012 AB".
Expansion postcode(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + number_in_words(language, m[2]) + " " +
         spelled(m[3]);
}

std::vector<Rule> phone() {
  return {
      {"phone number",
       "ds",
       R"(\(?0\d{1,5}\)?(?: ?[/-] ?| )\d{2,}(?:[ -]?\d{2,}){0,4}(?![\d\p{L}]))",
       [](const RuleMatch& m, const Neighbours&, const Language& l) {
         int digits = 0;
         for (char c : m[0]) digits += c >= '0' && c <= '9';
         return digits < 7 ? std::nullopt : Expansion(groups_in_words(m[0], l));
       }},
      {"postcode", "d", R"(([1-9]\d)(\d\d) ?(\p{Lu}{2})(?![\p{L}\d]))", postcode},
  };
}

Expansion article(const RuleMatch& m, const Neighbours&, const Language&) {
  return m[1] == "t" || m[1] == "T" ? "het" : "een";
}

// "'s-Hertogenbosch".
Expansion town(const RuleMatch& m, const Neighbours&, const Language&) {
  return "s " + m[1];
}

}  // namespace

std::vector<Rule> dutch_rules(RuleGroup group) {
  switch (group) {
    case RuleGroup::kDate:
      return date();
    case RuleGroup::kTime:
      return time();
    case RuleGroup::kPhone:
      return phone();
    case RuleGroup::kNumber:
      return number();
    case RuleGroup::kContraction:
      return {{"town", "s", R"('s-(\p{Lu}\p{L}+))", town},
              {"article", "s", R"((?<![\p{L}\d])'([tTnN])(?![\p{L}'-]))", article}};
    default:
      return {};
  }
}

}  // namespace tts
