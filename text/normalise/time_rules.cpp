// Times of day.
#include "text/normalise/numbers.h"
#include "text/normalise/rules.h"

namespace tts {
namespace {

Expansion checked(const std::string& hour,
                  const std::string& minute,
                  const std::string& second,
                  const std::string& half,
                  const Language& language) {
  const int64_t h = to_integer(hour), m = minute.empty() ? 0 : to_integer(minute);
  const int64_t s = second.empty() ? 0 : to_integer(second);
  if (h > 24 || m > 59 || s > 59 || (!half.empty() && (h < 1 || h > 12))) return std::nullopt;
  return language.time(static_cast<int>(h), static_cast<int>(m), static_cast<int>(s), half);
}

Expansion clock(const RuleMatch& m, const Neighbours&, const Language& language) {
  return checked(m[1], m[2], m[3], "", language);
}

// "3:45 a.m. EST".
Expansion clock_with_half(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string half = m[4] == "a" || m[4] == "A" ? "am" : "pm";
  const auto time = checked(m[1], m[2], m[3], half, language);
  return time && !m[5].empty() ? Expansion(*time + " " + spelled(m[5])) : time;
}

// A running time, "3:43.13".
Expansion stopped(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string zero = m[2][0] == '0' ? " oh " : " ";
  const std::string seconds = std::to_string(to_integer(m[2])) + language.decimal + m[3];
  return cardinal(language, to_integer(m[1])) + zero + number_in_words(language, seconds);
}

// "9-5 pm", "9:30–11:00".
Expansion clock_range(const RuleMatch& m, const Neighbours&, const Language& language) {
  const auto first = checked(m[1], m[2], "", "", language),
             last = checked(m[3], m[4], "", "", language);
  if (!first || !last) return std::nullopt;
  return *first + " " + language.words.to + " " + *last;
}

}  // namespace

std::vector<Rule> time_rules(const Language& language) {
  const std::string clock_pattern = R"((\d{1,2}):(\d\d)(?::(\d\d))?(?![\d:]))";
  const std::string range = R"((\d{1,2}):(\d\d)(?:–|-| – )(\d{1,2}):(\d\d)(?![\d:]))";
  if (language.family == "en") {
    return {
        {"time",
         "d",
         R"((\d{1,2})(?::(\d\d))?(?::(\d\d))? ?([aApP])(?:[mM](?!\p{L})|\.[mM]\.)"
         R"((?: ([ECMP][SD]?T|GMT|UTC|BST|CET)(?!\p{L}))?))",
         clock_with_half},
        {"running time", "d", R"((\d{1,2}):(\d\d)\.(\d{1,3})(?!\d))", stopped},
        {"time range", "d", range, clock_range},
        {"time", "d", clock_pattern, clock},
    };
  }
  const std::string word = language.family == "de" ? "(?:Uhr|h)" : R"((?:uur|u\.?))";
  return {
      {"time range", "d", range + "(?: ?" + word + R"((?!\p{L}))?)", clock_range},
      {"time range",
       "d",
       R"((\d{1,2})[:.](\d\d)(?:–|-| – )(\d{1,2})[:.](\d\d) ?)" + word + R"((?!\p{L}))",
       clock_range},
      {"time", "d", R"((\d{1,2})[:.](\d\d)(?:[:.](\d\d))? ?)" + word + R"((?!\p{L}))", clock},
      {"time", "d", R"((\d{1,2}) (?:Uhr|uur)(?!\p{L})(?: (\d\d)(?![\d.,]))?())", clock},
      {"time", "d", clock_pattern, clock},
  };
}

}  // namespace tts
