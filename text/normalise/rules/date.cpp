// Dates in figures and with names of months; days of the week.
#include "text/normalise/rules/date.h"

#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/unicode.h"

namespace tts {
namespace {

// "12/2024", but not "1/2000 s".
Expansion numeric_month(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (language.units.count(around.after)) return std::nullopt;
  return checked_date(0, to_integer(m[1]), to_integer(m[2]), around, language);
}

// "2024-03-15T14:30:05Z", "2024-03-15 14:30".
Expansion date_and_time(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto date = year_first_date(m, around, language);
  const int64_t hour = to_integer(m[4]), minute = to_integer(m[5]);
  const int64_t second = m[6].empty() ? 0 : to_integer(m[6]);
  if (!date || hour > 24 || minute > 59 || second > 59) return std::nullopt;
  const std::string time =
      language.time(static_cast<int>(hour), static_cast<int>(minute), static_cast<int>(second), "");
  return *date + " , " + time + (m[7].empty() ? "" : " " + spelled(m[7]));
}

// "Mo–Fr", "ma t/m vr", "Mon - Fri".
Expansion weekdays(const RuleMatch& m, const Neighbours&, const Language& language) {
  const size_t first = m[2].find_first_not_of(' '), last = m[2].find_last_not_of(' ');
  const auto slashed =
      language.slashed_abbreviations.find(lower_case(m[2].substr(first, last - first + 1)));
  return language.weekdays.at(lower_case(m[1])) + " " +
         (slashed == language.slashed_abbreviations.end() ? language.words.to : slashed->second) +
         " " + language.weekdays.at(lower_case(m[3]));
}

// "Sa 10–14 Uhr", "ma. 3 feb.", "Mo, Di und Fr".
Expansion weekday(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.weekdays.at(lower_case(m[1]));
}

// Behind a day of the week, maybe with the dot of its short form.
constexpr char kDot[] = R"((?:\.(?=[ ,:;/–-])|))";

}  // namespace

int64_t full_year(const std::string& digits) {
  const int64_t y = to_integer(digits);
  if (digits.size() != 2) return y < 0 ? 0 : y;
  return y < 50 ? 2000 + y : 1900 + y;
}

int64_t month_number(const std::string& name, const Language& language) {
  const auto found = language.month_of.find(lower_case(name));
  return found == language.month_of.end() ? 0 : found->second;
}

Expansion checked_date(
    int64_t day, int64_t month, int64_t year, const Neighbours& around, const Language& language) {
  if (day < 0 || day > 31 || month < 1 || month > 12) return std::nullopt;
  return language.date(static_cast<int>(day), static_cast<int>(month), year, around);
}

Expansion year_first_date(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (to_integer(m[3]) < 1) return std::nullopt;
  return checked_date(to_integer(m[3]), to_integer(m[2]), to_integer(m[1]), around, language);
}

Expansion day_first_date(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int64_t day = to_integer(m[1]), month = to_integer(m[2]);
  if (day < 1 || day > 31 || month < 1 || month > 12) return std::nullopt;
  return language.day_and_month(
      static_cast<int>(day), static_cast<int>(month), full_year(m[3]), around);
}

Expansion named_date(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int64_t day = to_integer(m[1]), month = month_number(m[2], language);
  if (day < 1 || day > 31 || month < 1) return std::nullopt;
  return language.day_and_month(
      static_cast<int>(day), static_cast<int>(month), full_year(m[3]), around);
}

Expansion month_and_year(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return checked_date(0, month_number(m[1], language), full_year(m[2]), around, language);
}

std::vector<Rule> date_rules(const Language& language) {
  const std::string capital = language.weekdays_capitalised ? R"((?=\p{Lu}))" : "";
  const std::string joint = R"((?:, | ?[/&+] ?| ?[-–] ?| {AND} ))";
  const std::string clock =
      R"((?:\d{1,2}(?:\.? ?{MONTH}|[.:h]\d|(?: ?[-–] ?\d{1,2})(?: ?{CLOCK})?| ?{CLOCK})"
      R"((?![\d\p{L}]))))";
  return {
      {"date and time",
       "d",
       R"((\d{4})-(\d\d)-(\d\d)(?:T|,? )(\d\d):(\d\d)(?::(\d\d))?(?:\.\d{1,9})?(Z?)(?![:\d\p{L}]))",
       date_and_time},
      {"ISO date", "d", R"((\d{4})-(\d{1,2})-(\d{1,2})(?![\d-]))", year_first_date},
      {"ISO date",
       "d",
       R"(((?:1\d|20)\d\d)([/.])(\d{1,2})\2(\d{1,2})(?![\d/]))",
       [](const RuleMatch& m, const Neighbours& around, const Language& l) {
         return year_first_date({{m[0], m[1], m[3], m[4]}}, around, l);
       }},
      {"month and year",
       "d",
       R"((?<![\d/])(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/]))",
       numeric_month},
      {"weekdays",
       "l",
       capital + "({WEEKDAY})" +
           R"(\.?( ?[-–] ?| t/m | - )({WEEKDAY})(?:\.(?= \p{Ll}|,| \d))?(?![\p{L}'-]))",
       weekdays},
      {"weekday",
       "l",
       capital + "({WEEKDAY})" + kDot + "(?=,?:? (?:(?:den|dem) )?" + clock + ")",
       weekday},
      {"weekday", "l", capital + R"(({WEEKDAY})\.(?=, ))", weekday},
      {"weekday",
       "l",
       capital + "({WEEKDAY})" + kDot + "(?=" + joint + "{WEEKDAY}(?![\\p{L}'-]|\\. \\p{Lu}))",
       weekday},
      {"weekday",
       "l",
       capital + "(?<=(?<!\\p{L}){WEEKDAY}\\.?" + joint + ")({WEEKDAY})" + kDot +
           R"((?![\p{L}'-]|\. \p{Lu}))",
       weekday},
  };
}

}  // namespace tts
