// Decades, house numbers, ordinals and telephone numbers of English.
#include "text/normalise/english/english.h"
#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/normalise/rules/groups.h"
#include "text/normalise/rules/number.h"

namespace tts {
namespace {

// "21st c.".
Expansion century(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return language.ordinal(to_integer(m[1]), around) + " century";
}

// "'98".
Expansion short_year(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (in_quotes(around, '\'')) return std::nullopt;
  return language.short_year(to_integer(m[1]));
}

// "1.4bn", "5M".
Expansion scaled(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + language.scale_names.at(m[2]).many;
}

// "401(k)".
Expansion retirement_plan(const RuleMatch& m, const Neighbours&, const Language&) {
  return "four oh " + std::string(m[1] == "1" ? "one" : "three") + " " + spelled(m[2]);
}

// HTTP 404, '404'.
Expansion status(const RuleMatch& m, const Neighbours& around, const Language& language) {
  static const Words cues = {"http", "status", "error"};
  if (!cue_before(around, cues, 2)) return std::nullopt;
  return cardinal(language, to_integer(m[1])) + " oh " + cardinal(language, to_integer(m[2]));
}

// "1/4th".
Expansion fraction(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int64_t above = to_integer(m[2]), below = to_integer(m[3]);
  if (below < 2 || above < 1) return std::nullopt;
  return m[1].empty() ? language.fraction(above, below, around)
                      : language.mixed(to_integer(m[1]), above, below, around);
}

// "BA117", "NE-123": three figures as one and two, four in pairs.
Expansion designation(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string first = m[1].substr(0, m[1].size() - 2), last = m[1].substr(m[1].size() - 2);
  if (last == "00" || m[1][0] == '0') return std::nullopt;
  return cardinal(language, to_integer(first)) + " " + (last[0] == '0' ? "oh " : "") +
         cardinal(language, to_integer(last));
}

// "737-800".
Expansion aircraft(const RuleMatch& m, const Neighbours&, const Language& language) {
  return cardinal(language, to_integer(m[1].substr(0, 1))) + " " +
         cardinal(language, to_integer(m[1].substr(1))) + " " + number_in_words(language, m[2]);
}

// "2788 San Tomas Expy", "708 N 1st St": four figures in pairs, three as one and two.
Expansion house_number(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string first = m[1].substr(0, m[1].size() - 2), last = m[1].substr(m[1].size() - 2);
  if (last == "00")
    return m[1].size() == 4 && m[1][1] != '0'
               ? Expansion(cardinal(language, to_integer(first)) + " hundred")
               : std::nullopt;
  if (m[1].size() == 3 && last[0] != '0') return std::nullopt;
  return cardinal(language, to_integer(first)) + " " + (last[0] == '0' ? "oh " : "") +
         cardinal(language, to_integer(last));
}

// ", CA 90210".
Expansion state(const RuleMatch& m, const Neighbours&, const Language&) {
  const auto found = english_states().find(m[1]);
  return found == english_states().end() ? std::nullopt : Expansion(found->second + " ,");
}

// "1-800-FLOWERS".
Expansion toll_free(const RuleMatch& m, const Neighbours&, const Language& language) {
  return cardinal(language, 1) + " " + cardinal(language, to_integer(m[1]));
}

Expansion by_digit(const RuleMatch& m, const Neighbours&, const Language& language) {
  return digits_in_words(language, m[0]);
}

}  // namespace

std::vector<Rule> english_fraction_rules() {
  return {{"fraction",
           "d",
           R"((?:(\d{1,3})[ -])?(\d{1,3})/(\d{1,3})(?i:st|nd|rd|th)s?(?!\p{L}))",
           fraction}};
}

std::vector<Rule> english_number_rules() {
  return {
      {"retirement plan", "d", R"(40([13])\(?([kKbB])(?!\p{L})\)?)", retirement_plan},
      {"house number",
       "d",
       R"((?<![\d$€£#-])([1-9]\d{2,3})(?= (?:[NSEW]\.? )?(?:(?:\p{Lu}[\p{L}']+|\d{1,3}(?:st|nd|rd|th)) ){1,3}{STREET}(?!\p{L})))",
       house_number},
      {"designation",
       "d",
       R"((?<=(?<![\p{L}\d])\p{Lu}{2}-?)(\d{3,4})(?![\d\p{L}%]|[.,]\d))",
       designation},
      {"model", "d", R"((7\d7|A3\d\d)-(\d{3})(?![\d-]))", aircraft},
      {"status", "d", R"(([1-5])0([1-9])(?!\d))", status},
      {"scaled", "d", R"((?!3M)({NUM})(bn|tn|mn|M|(?<=\.\d{1,3})B)(?![\p{L}\d]))", scaled},
      {"century", "d", R"((\d{1,2})(?:st|nd|rd|th)[ -]c\.)", century},
      {"ordinal", "d", R"(({INT})(?i:st|nd|rd|th)\b)", ordinal_number},
      {"short year",
       "s",
       R"((?<![\p{L}\d'])'(\d\d)\b(?!'|\.\d|[^'\n]{1,80}[\p{L}\d.!?,]'(?![\p{L}\d])))",
       short_year},
      {"page", "l", R"([Pp]\. ?({INT})(?:[-–]({INT}))?\b)", page_number},
      {"numbered", "l", R"([Nn]os?\.\s?({INT})\b)", numbered},
  };
}

std::vector<Rule> english_phone_rules() {
  return {
      {"state", "l", R"((?<=\p{L}, )(\p{Lu}{2}),?(?= \d{5}(?:-\d{4})?(?!\d)))", state},
      {"phone number",
       "ds",
       R"((?:1[ .-])?(?:\(\d{3}\)[ -]?|\d{3}[ .-])\d{3}[.-]\d{4}(?![\d-]))",
       [](const RuleMatch& m, const Neighbours&, const Language& l) {
         return Expansion(groups_in_words(m[0], l));
       }},
      {"phone number",
       "d",
       R"([2-9]\d\d-\d{4}(?![\d-]))",
       [](const RuleMatch& m, const Neighbours&, const Language& l) {
         return Expansion(groups_in_words(m[0], l));
       }},
      {"phone number",
       "d",
       R"((?<=(?:[Tt]ext|[Cc]all|[Pp]hone|[Dd]ial) )([2-9]\d\d)(\d{3})(\d{4})(?![\d,.-]))",
       [](const RuleMatch& m, const Neighbours&, const Language& l) {
         return Expansion(groups_in_words(m[1] + " " + m[2] + " " + m[3], l));
       }},
      {"phone number", "d", R"(1-(8\d\d)-(?=\p{L}))", toll_free},
      {"emergency number", "d", R"(911(?![.,:/-]?\d|\p{L}))", by_digit},
      {"ZIP code",
       "d",
       R"((?<=(?<!\p{L})(?:\p{Lu}{2},?|[Zz][Ii][Pp](?: code)?) )\d{5}(?:-\d{4})?(?![\d\p{L}]))",
       by_digit},
  };
}

}  // namespace tts
