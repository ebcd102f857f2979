// Dates, days of the week and times of English.
#include <unicode/uchar.h>

#include "text/normalise/english/english.h"
#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/normalise/rules/date.h"
#include "text/normalise/rules/time.h"
#include "text/unicode.h"

namespace tts {
namespace {

Expansion month_first(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int64_t first = to_integer(m[1]), second = to_integer(m[3]);
  const RuleMatch day_first{{m[0], m[1], m[3], m[4]}};
  if (first > 12) return day_first_date(day_first, around, language);
  return second < 1 ? std::nullopt : checked_date(second, first, full_year(m[4]), around, language);
}

// "March 5, 2024", "march 5", "Jan-15-2020".
Expansion named_month_first(const RuleMatch& m,
                            const Neighbours& around,
                            const Language& language) {
  const bool small = u_islower(from_utf8(m[1]).char32At(0));
  const bool verb = small && (m[1] == "may" || m[1] == "march" || m[1] == "mar" || m[1] == "sat");
  if (to_integer(m[2]) < 1 || (verb && m[3].empty())) return std::nullopt;
  return checked_date(
      to_integer(m[2]), month_number(m[1], language), full_year(m[3]), around, language);
}

// "March 5–7".
Expansion named_days(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto first =
      checked_date(to_integer(m[2]), month_number(m[1], language), 0, around, language);
  if (!first || to_integer(m[3]) > 31 || to_integer(m[3]) < 1) return std::nullopt;
  return *first + " " + language.words.to + " " + language.ordinal(to_integer(m[3]), {});
}

// "by 6/1", "on 9/11".
Expansion short_date(const RuleMatch& m, const Neighbours& around, const Language& language) {
  static const Words cues = {
      "by", "on", "until", "till", "since", "before", "after", "due", "dated"};
  const int64_t month = to_integer(m[1]), day = to_integer(m[2]);
  const bool fraction = around.before != "on" && month < day && day <= 4;  // "by 1/2"
  if (month == 9 && day == 11) return "nine eleven";
  const bool apart = sign_before(around) == '(' && day > 12 && sign_after(around) == ')';
  if (!(cues.count(around.before) || apart) || fraction || day < 1 || around.after == "of")
    return std::nullopt;
  return checked_date(day, month, 0, around, language);
}

Expansion tuesday(const RuleMatch&, const Neighbours&, const Language&) {
  return "Tuesday ,";
}

std::string half_of(const std::string& letter) {
  return letter.empty() ? "" : letter == "a" || letter == "A" ? "am" : "pm";
}

// "3:45 a.m. EST", "5.30pm".
Expansion clock_with_half(const RuleMatch& m, const Neighbours&, const Language& language) {
  const auto time = checked_time(m[1], m[2], m[3], half_of(m[4]), language);
  return time && !m[5].empty() ? Expansion(*time + " " + spelled(m[5])) : time;
}

// "9am-5pm", "9–5 pm", "4:00 am - 8:12 pm".
Expansion range_with_halves(const RuleMatch& m,
                            const Neighbours& around,
                            const Language& language) {
  const auto first = m[3].empty() && m[2].empty()
                         ? Expansion(cardinal(language, to_integer(m[1])))
                         : checked_time(m[1], m[2], "", half_of(m[3]), language);
  const auto last = checked_time(m[4], m[5], "", half_of(m[6]), language);
  if (!first || !last || to_integer(m[1]) > 24) return std::nullopt;
  return *first + " " + range_word(around, language) + " " + *last;
}

// "1430 hrs", "0800 hours".
Expansion military(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string hour = number_in_words(language, m[1]);
  const int64_t minute = to_integer(m[2]);
  return hour + " " +
         (minute == 0 ? "hundred" : (minute < 10 ? "oh " : "") + cardinal(language, minute)) +
         " hours";
}

// "the 1980s", "her late 20s", "the 830s"; "30s" without such a word are seconds.
Expansion decade(const RuleMatch& m, const Neighbours& around, const Language& language) {
  static const Words cues = {"the",
                             "early",
                             "late",
                             "mid",
                             "his",
                             "her",
                             "my",
                             "their",
                             "our",
                             "your",
                             "its",
                             "of",
                             "in",
                             "since",
                             "low",
                             "middle",
                             "upper",
                             "high"};
  const int64_t n = to_integer(m[2]);
  if (n % 10 != 0 || n == 0) return std::nullopt;
  const bool sure = m[2].size() == 4 || !m[1].empty() || sign_before(around) == '-';
  const bool behind_other = cue_before(around, {"s"}, 2) && cue_before(around, cues, 4);
  const bool cued = cues.count(around.before) || cues.count(word_before(around, 2)) || behind_other;
  if (sign_before(around) == '=' || !(sure || cued)) return std::nullopt;
  std::string words = m[2].size() == 4 ? language.year(n) : cardinal(language, n);
  if (m[2].size() == 3 && n % 100 != 0)  // "the eight thirties"
    words = cardinal(language, n / 100) + " " + cardinal(language, n % 100);
  return language.plural_number(words);
}

// "1960s-80s".
Expansion decades(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto plural = [&](const std::string& digits) {
    const int64_t n = to_integer(digits);
    return language.plural_number(digits.size() == 4 ? language.year(n) : cardinal(language, n));
  };
  return plural(m[1]) + " " + range_word(around, language) + " " + plural(m[2]);
}

}  // namespace

std::vector<Rule> english_date_rules() {
  const std::string day = R"((\d{1,2})(?:st|nd|rd|th)?)";
  return {
      {"decades", "d", R"((\d{3}0|\d0)s ?[-–] ?(\d{3}0|\d0)s(?!\p{L}))", decades},
      {"decade", "ds", R"((?<![\d.,\p{L}])('?)(\d{2,3}0|\d0)'?s(?!\p{L}))", decade},
      {"date", "d", R"((\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![/\d.-]*\d))", month_first},
      {"short date", "d", R"((0?[1-9]|1[0-2])/([0-3]?\d)(?![/\d%"]))", short_date},
      {"days of month", "l", R"(({MONTH}) (\d{1,2})(?:–|-)(\d{1,2})(?!\d))", named_days},
      {"date", "l", "({MONTH})-" + day + R"((?:-(\d{4}))?(?![-\d\p{L}]))", named_month_first},
      {"date",
       "l",
       "({MONTH}) " + day + R"((?:,? (\d{4})(?![\d:]))?(?![\d\p{L}]|[:.,]\d| (?:people|percent)))",
       named_month_first},
      {"month and year", "l", R"(({MONTH}),? (\d{4})(?![\d:]))", month_and_year},
      {"date", "d", R"((\d{1,2})-({MONTH})(?!\p{L})(?:-(\d{4}|\d\d)(?!\d))?)", named_date},
      {"date",
       "d",
       R"((\d{1,2})(?:st|nd|rd|th)? (?:of )?({MONTH})(?!\p{L})(?:,? (\d{4})(?!\d))?)",
       named_date},
      {"weekday", "l", R"(Tu(?= \(?\d))", tuesday},
      {"weekday",
       "l",
       R"((Sat|Sun|Wed|Mon|Tues?|Thu(?:rs?)?|Fri)\.?(?=[,:]? (?:\d{1,2}(?:[ap]m|:|[-–]\d)|noon|midnight|)"
       R"(morning|afternoon|evening|night|at \d|\d{1,2}(?:st|nd|rd|th)? {MONTH}|{MONTH} \d)))",
       [](const RuleMatch& m, const Neighbours&, const Language& l) {
         return Expansion(l.weekdays.at(lower_case(m[1])));
       }},
      {"weekday",
       "l",
       R"((Tues?|Thu(?:rs?)?|Fri|Mon)\.?(?=[,;)]|[ ](?!\p{Lu})|$))",
       [](const RuleMatch& m, const Neighbours&, const Language& l) {
         return Expansion(l.weekdays.at(lower_case(m[1])));
       }},
  };
}

std::vector<Rule> english_time_rules() {
  const std::string half = R"( ?([aApP])(?:[mM](?!\p{L})|\. ?[mM]\.))";
  const std::string clock = R"((\d{1,2})(?:[:.](\d\d))?)";
  return {
      {"time range",
       "d",
       R"((\d{1,2})(?:[:.](\d\d))?(?: ?([aApP])(?:[mM]|\.[mM]\.))? ?(?:[-–]|to) ?)" + clock + half,
       range_with_halves},
      {"time",
       "d",
       R"((\d{1,2})(?:[:.](\d\d))?(?::(\d\d))?)" + half +
           R"((?: ([ECMP][SD]?T|GMT|UTC|BST|CET)(?!\p{L}))?)",
       clock_with_half},
      {"time", "d", R"((\d{1,2})([0-5]\d)())" + half + "()", clock_with_half},
      {"hours", "d", R"(([01]\d|2[0-4])([0-5]\d) ?(?:hrs?|hours)(?!\p{L})\.?)", military},
  };
}

}  // namespace tts
