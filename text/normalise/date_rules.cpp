// Dates in figures and with names of months.
#include "text/normalise/numbers.h"
#include "text/normalise/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

int64_t full_year(const std::string& digits) {
  const int64_t y = to_integer(digits);
  if (digits.size() != 2) return y < 0 ? 0 : y;
  return y < 50 ? 2000 + y : 1900 + y;
}

Expansion checked(
    int64_t day, int64_t month, int64_t year, const Neighbours& around, const Language& language) {
  if (day < 0 || day > 31 || month < 1 || month > 12) return std::nullopt;
  return language.date(static_cast<int>(day), static_cast<int>(month), year, around);
}

int64_t month_number(const std::string& name, const Language& language) {
  const auto found = language.month_of.find(lower_case(name));
  return found == language.month_of.end() ? 0 : found->second;
}

Expansion iso(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return checked(to_integer(m[3]), to_integer(m[2]), to_integer(m[1]), around, language);
}

Expansion day_first(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (to_integer(m[1]) < 1) return std::nullopt;
  return checked(to_integer(m[1]), to_integer(m[2]), full_year(m[3]), around, language);
}

Expansion month_first(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int64_t first = to_integer(m[1]), second = to_integer(m[2]);
  if (first > 12 || language.day_first) return day_first(m, around, language);
  return second < 1 ? std::nullopt : checked(second, first, full_year(m[3]), around, language);
}

// "March 5, 2024", "March 5".
Expansion named_month_first(const RuleMatch& m,
                            const Neighbours& around,
                            const Language& language) {
  return checked(to_integer(m[2]), month_number(m[1], language), full_year(m[3]), around, language);
}

// "March 5–7".
Expansion named_days(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto first = checked(to_integer(m[2]), month_number(m[1], language), 0, around, language);
  if (!first || to_integer(m[3]) > 31) return std::nullopt;
  return *first + " " + language.words.to + " " + language.ordinal(to_integer(m[3]), {});
}

Expansion month_and_year(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return checked(0, month_number(m[1], language), full_year(m[2]), around, language);
}

// "12/2024", but not "1/2000 s".
Expansion numeric_month(const RuleMatch& m, const Neighbours& around, const Language& language) {
  static const std::set<std::string> seconds = {"s", "sec", "second", "seconds", "of"};
  if (seconds.count(around.after)) return std::nullopt;
  return checked(0, to_integer(m[1]), to_integer(m[2]), around, language);
}

// "by 6/1", "on 9/11".
Expansion short_date(const RuleMatch& m, const Neighbours& around, const Language& language) {
  static const std::set<std::string> cues = {
      "by", "on", "until", "till", "since", "before", "after", "due", "dated"};
  const int64_t month = to_integer(m[1]), day = to_integer(m[2]);
  const bool fraction = month < day && day <= 4;  // "by 1/2"
  if (!cues.count(around.before) || fraction || day < 1 || around.after == "of")
    return std::nullopt;
  return checked(day, month, 0, around, language);
}

// "Mo–Fr", "ma t/m vr".
Expansion weekdays(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string first = language.weekdays.at(lower_case(m[1]));
  const std::string to = m[2].find('/') == m[2].npos ? language.words.to : "tot en met";
  return first + " " + to + " " + language.weekdays.at(lower_case(m[3]));
}

// "Sa 10–14 Uhr", "ma. 3 feb.".
Expansion weekday(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.weekdays.at(lower_case(m[1]));
}

// "5 March 2024", "3. Oktober".
Expansion named_day_first(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (to_integer(m[1]) < 1) return std::nullopt;
  const auto date =
      checked(to_integer(m[1]), month_number(m[2], language), full_year(m[3]), around, language);
  if (!date || language.family != "en") return date;
  const Neighbours none;
  std::string out = around.before == "the" ? "" : "the ";
  out += language.ordinal(to_integer(m[1]), none) + " of " +
         language.months[month_number(m[2], language) - 1];
  return m[3].empty() ? out : out + " , " + language.year(full_year(m[3]));
}

// "3.–5. Oktober".
Expansion german_days(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto last =
      checked(to_integer(m[2]), month_number(m[3], language), full_year(m[4]), around, language);
  if (!last) return std::nullopt;
  return language.ordinal(to_integer(m[1]), around) + " " + language.words.to + " " + *last;
}

}  // namespace

std::vector<Rule> date_rules(const Language& language) {
  const std::string capital = language.family == "nl" ? "" : R"((?=\p{Lu}))";
  std::vector<Rule> rules = {
      {"ISO date", "d", R"((\d{4})-(\d\d)-(\d\d)(?![\d-]))", iso},
      {"month and year",
       "d",
       R"((?<![\d/])(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/]))",
       numeric_month},
      {"weekdays",
       "l",
       capital +
           R"(({WEEKDAY})\.?( ?[-–] ?| t/m )({WEEKDAY})(?:\.(?= \p{Ll}|,| \d))?(?![\p{L}'-]))",
       weekdays},
      {"weekday",
       "l",
       capital + R"(({WEEKDAY})\.?(?=,? (?:(?:den|dem) )?\d{1,2}(?:\.? ?{MONTH}|[.:]\d|)"
                 R"((?: ?[-–] ?\d{1,2})? (?:Uhr|uur))))",
       weekday},
      {"weekday", "l", capital + R"(({WEEKDAY})\.(?=, ))", weekday},
  };
  std::vector<Rule> own;
  if (language.family == "en") {
    own = {
        {"date", "d", R"((\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?![\d/]))", month_first},
        {"short date", "d", R"((0?[1-9]|1[0-2])/([0-3]?\d)(?![/\d%"]))", short_date},
        {"days of month", "l", R"(({MONTH}) (\d{1,2})(?:–|-)(\d{1,2})(?!\d))", named_days},
        {"date",
         "l",
         R"(({MONTH}) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?(?![\d:\p{L}]|[.,]\d))",
         named_month_first},
        {"month and year", "l", R"(({MONTH}),? (\d{4})(?![\d:]))", month_and_year},
        {"date",
         "d",
         R"((\d{1,2})(?:st|nd|rd|th)? (?:of )?({MONTH})(?!\p{L})(?:,? (\d{4})(?!\d))?)",
         named_day_first},
    };
  } else if (language.family == "de") {
    own = {
        {"days of month",
         "d",
         R"((\d{1,2})\.(?:–|-| bis | – )(\d{1,2})\. ({MONTH})(?!\p{L})(?: (\d{4})(?!\d))?)",
         german_days},
        {"date", "d", R"((\d{1,2})\. ?({MONTH})(?!\p{L})(?: (\d{4})(?!\d))?)", named_day_first},
        {"date", "d", R"((\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d\d)(?!\d))", day_first},
        {"date", "d", R"((\d{1,2})\.(\d{1,2})\.(?!\d)())", day_first},
        {"date", "d", R"((\d{1,2})/(\d{1,2})/(\d{4})(?!\d))", day_first},
        {"month and year", "l", R"(({MONTH}) (\d{4})(?![\d:]))", month_and_year},
    };
  } else {
    own = {
        {"date", "d", R"((\d{1,2})[-./](\d{1,2})[-./](\d{4})(?!\d))", day_first},
        {"date", "d", R"((\d{1,2}) ({MONTH})(?!\p{L})(?: (\d{4})(?!\d))?)", named_day_first},
        {"month and year", "l", R"(({MONTH}) (\d{4})(?![\d:]))", month_and_year},
    };
  }
  rules.insert(rules.end(), own.begin(), own.end());
  return rules;
}

}  // namespace tts
