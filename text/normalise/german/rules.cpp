// Rules of German alone.
#include "text/normalise/german/german.h"
#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/normalise/rules/date.h"
#include "text/normalise/rules/groups.h"
#include "text/normalise/rules/number.h"
#include "text/normalise/rules/time.h"
#include "text/unicode.h"

namespace tts {
namespace {

// ---- dates

// "3.–5. Oktober".
Expansion days(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto last = checked_date(
      to_integer(m[2]), month_number(m[3], language), full_year(m[4]), around, language);
  if (!last || to_integer(m[1]) < 1) return std::nullopt;
  return language.ordinal(to_integer(m[1]), around) + " " + language.words.to + " " + *last;
}

bool is_version(const Neighbours& around, const Language& language) {
  return language.version_cues.count(around.before) != 0 ||
         language.label_cues.count(around.before) != 0;
}

// "am 4.10.", "3. 4.": a date behind a word that has dates, or where the sentence goes on; "Version
// 17.4." and "Die Note ist 2.3." end it.
Expansion day_and_month(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const bool cued = language.date_cues.count(around.before) != 0;
  const bool spaced = m[0].find(' ') != m[0].npos;
  const bool behind = sign_before(around) == ',' || sign_before(around) == '(' ||
                      sign_before(around) == '-' || sign_before(around) == 0;
  if (is_version(around, language) || (spaced && !cued)) return std::nullopt;
  if (!cued && !behind && ends_sentence(around, language)) return std::nullopt;
  const bool capital_next = !around.after.empty() && around.after[0] < 'a';
  if (!cued && !behind && capital_next) return std::nullopt;
  return day_first_date({{m[0], m[1], m[2], ""}}, around, language);
}

// "am 01.03", "zum 24.12": without the last dot.
Expansion short_day_and_month(const RuleMatch& m,
                              const Neighbours& around,
                              const Language& language) {
  static const Words sure = {"am", "vom", "den", "dem"};
  const bool padded = m[1].size() == 2 && m[2].size() == 2;
  const bool cued =
      sure.count(around.before) != 0 || (padded && language.date_cues.count(around.before) != 0);
  if (!cued || is_version(around, language)) return std::nullopt;
  return day_first_date({{m[0], m[1], m[2], ""}}, around, language);
}

// "2003-03", not a range of years.
Expansion year_and_month(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (to_integer(m[2]) == to_integer(m[1].substr(2)) + 1) return std::nullopt;
  return checked_date(0, to_integer(m[2]), to_integer(m[1]), around, language);
}

std::vector<Rule> date() {
  const std::string not_unit =
      R"((?![\d.,]*\d|[%‰°]| ?(?:{UNIT}|{CUR}|{CODE}|{SCALE}|Prozent|Uhr)(?!\p{L})))";
  return {
      {"days of month",
       "d",
       R"((\d{1,2})\.(?:–|-| bis | – | - )(\d{1,2})\. ({MONTH})(?!\p{L})(?: (\d{4})(?!\d))?)",
       days},
      {"date", "d", R"((\d{1,2})\. ?({MONTH})(?!\p{L})(?: (\d{4})(?!\d))?)", named_date},
      {"date", "d", R"((\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d\d)(?!\d|\.\d))", day_first_date},
      {"date", "d", R"((\d{1,2})\. ?(\d{1,2})\.(?!\d))", day_and_month},
      {"date", "d", R"((\d{1,2})\.(\d{1,2}))" + not_unit, short_day_and_month},
      {"date", "d", R"((\d{1,2})/(\d{1,2})/(\d{4})(?!\d))", day_first_date},
      {"date", "d", R"((\d{1,2})-(\d{1,2})-(\d{4})(?![\d-]))", day_first_date},
      {"month and year", "d", R"(((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\d-]))", year_and_month},
      {"month and year", "l", R"(({MONTH}) (\d{4})(?![\d:]))", month_and_year},
  };
}

// ---- times

// "8h30", "14h30".
Expansion clock(const RuleMatch& m, const Neighbours&, const Language& language) {
  return checked_time(m[1], m[2], "", "", language);
}

std::vector<Rule> time() {
  return {
      {"time", "d", R"((\d{1,2}) ?h ?([0-5]\d)(?![\d\p{L}]| ?(?:s|Sek|m)))", clock},
      {"time", "d", R"((\d{1,2}) Uhr(?!\p{L})(?: (\d\d)(?![\d.,]| ?[Mm]in| ?[Ss]ek))?)", clock},
  };
}

// ---- numbers

// "der 2. Weltkrieg", "mit meinem 1. Auto": an ordinal when an article or a known noun says so;
// else a number and a full stop.
Expansion dotted_ordinal(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const bool small_next = !around.after.empty() && around.after[0] >= 'a' && around.after[0] <= 'z';
  const bool cue = language.ordinal_cues.count(around.before) != 0 ||
                   language.ordinal_nouns.count(around.after) != 0;
  const bool listed =
      cue_before(around, {"und", "oder", "bis"}, 1) && cue_before(around, language.ordinal_cues, 2);
  if (!(cue || small_next || listed)) return std::nullopt;
  return language.ordinal(to_integer(whole_digits(language, m[1])), around);
}

// "dem 1000." at the end.
Expansion last_ordinal(const RuleMatch& m, const Neighbours& around, const Language& language) {
  static const Words cues = {"dem", "den", "der", "die", "das", "am", "zum", "vom", "beim"};
  if (!cues.count(around.before)) return std::nullopt;
  return language.ordinal(to_integer(whole_digits(language, m[1])), around);
}

// "121te", "1ster", "121tem".
Expansion ending_ordinal(const RuleMatch& m, const Neighbours& around, const Language&) {
  const int64_t n = to_integer(m[1]);
  if (n < 0) return std::nullopt;
  const std::string words = spell_out("de", "%spellout-ordinal", n);
  (void)around;
  return words + m[2];
}

// "die 68er", "der 90er", "1980ern".
Expansion decade(const RuleMatch& m, const Neighbours&, const Language& language) {
  const int64_t n = to_integer(m[1]);
  const std::string words = m[1].size() == 4 ? language.year(n) : cardinal(language, n);
  return (n == 1 ? "ein" : words) + m[2];
}

// "3fach", "5-fach", "100%ig", "1x", "4-mal".
Expansion joined(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string number = m[1] == "1"     ? "ein"
                             : m[1] == "100" ? "hundert"
                                             : number_in_words(language, m[1]);
  return number + (m[2] == "x" ? "mal" : m[2] == "%" ? "prozent" + m[3] : m[2] + m[3]);
}

// "S. 45f.", "S. 12–14".
Expansion page(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto pages = page_number(m, around, language);
  return m[3].empty() ? pages : *pages + " folgende";
}

// "§§ 12 und 13".
Expansion sections(const RuleMatch&, const Neighbours&, const Language& language) {
  return language.words.sections;
}

// "WS 23/24".
Expansion term(const RuleMatch& m, const Neighbours&, const Language& language) {
  return (m[1] == "WS" ? "Wintersemester " : "Sommersemester ") +
         cardinal(language, to_integer(m[2])) +
         (m[3].empty() ? "" : " " + cardinal(language, to_integer(m[3])));
}

std::vector<Rule> number() {
  return {
      {"ordinal", "d", R"(({INT})\.(?= [\p{L}]))", dotted_ordinal},
      {"ordinal",
       "d",
       R"(({INT})\.(?= ?(?:$|\n|,|und \d|oder \d|bis \d)))",
       [](const RuleMatch& m, const Neighbours& around, const Language& language) {
         const bool list = around.after == "und" || around.after == "oder" ||
                           around.after == "bis" || sign_after(around) == ',';
         return list && language.ordinal_cues.count(around.before)
                    ? dotted_ordinal(m, around, language)
                    : last_ordinal(m, around, language);
       }},
      {"ordinal", "d", R"((\d{1,9})(?:te|ste)([mnrs]?)(?!\p{L}))", ending_ordinal},
      {"decade", "d", R"((\d{4}|\d{1,2})(er[ns]?)-?(?!\p{L}))", decade},
      {"joined", "d", R"(({NUM}) ?(%)(ig(?:e[mnrs]?)?)(?!\p{L}))", joined},
      {"joined",
       "d",
       R"(({NUM})-?(fach|mal|malig|stündig|tägig|jährig|köpfig|teilig)(e[mnrs]?|))"
       R"((?!\p{L}))",
       joined},
      {"joined", "d", R"((\d{1,4})(x)()(?![\p{L}\d]| \d))", joined},
      {"numbered", "l", R"(Nr\. ?({INT})\b)", numbered},
      {"page", "l", R"(S\. ?({INT})(?:[-–]({INT}))?(ff?\.(?!\p{L})|\b))", page},
      {"sections", "s", "§§", sections},
      {"term", "l", R"((WS|SS) (?:20)?(\d\d)(?:/(?:20)?(\d\d))?(?!\d))", term},
  };
}

// ---- the rest

std::vector<Rule> phone() {
  return {
      {"phone number",
       "ds",
       R"(\(?0\d{1,5}\)?(?: ?[/-] ?| )\d{2,}(?:[ -]?\d{1,}){0,4}(?![\d\p{L}]))",
       [](const RuleMatch& m, const Neighbours&, const Language& l) {
         int digits = 0;
         for (char c : m[0]) digits += c >= '0' && c <= '9';
         return digits < 7 ? std::nullopt : Expansion(groups_in_words(m[0], l));
       }},
      {"postcode",
       "d",
       R"((?<=[,\n] ?|PLZ |D-)\d{5}(?= \p{Lu}))",
       [](const RuleMatch& m, const Neighbours&, const Language& l) {
         return Expansion(digits_in_words(l, m[0]));
       }},
  };
}

// "LehrerInnen".
Expansion both_genders(const RuleMatch& m, const Neighbours&, const Language&) {
  return m[1] + " in" + m[2];
}

}  // namespace

std::vector<Rule> german_rules(RuleGroup group) {
  switch (group) {
    case RuleGroup::kDate:
      return date();
    case RuleGroup::kTime:
      return time();
    case RuleGroup::kPhone:
      return phone();
    case RuleGroup::kNumber:
      return number();
    case RuleGroup::kAddress:
      return {{"both genders",
               "l",
               R"((\p{Lu}\p{Ll}+)(?:[*_:·]-?i|I|/-?i)n(nen)?(?![\p{L}/.]))",
               both_genders}};
    default:
      return {};
  }
}

}  // namespace tts
