// Times of day, running times.
#include "text/normalise/rules/time.h"

#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"

namespace tts {
namespace {

Expansion clock(const RuleMatch& m, const Neighbours&, const Language& language) {
  return checked_time(m[1], m[2], m[3], "", language);
}

// "9:30–11:00", "10.00 - 18.00 Uhr", "9-17 u".
Expansion clock_range(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto first = checked_time(m[1], m[2], "", "", language),
             last = checked_time(m[3], m[4], "", "", language);
  if (!first || !last) return std::nullopt;
  return *first + " " + range_word(around, language) + " " + *last;
}

// "9-12 Uhr": the hour's word is said once.
Expansion hour_range(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto last = checked_time(m[2], "", "", "", language);
  if (!last || to_integer(m[1]) > 24) return std::nullopt;
  return cardinal(language, to_integer(m[1])) + " " + range_word(around, language) + " " + *last;
}

// "um 8.30", "at 10.30".
Expansion cued(const RuleMatch& m, const Neighbours& around, const Language& language) {
  for (const auto& [key, currency] : language.currencies) {  // "at 3.50 dollars"
    if (around.after == currency.many || around.after == currency.one) return std::nullopt;
  }
  return language.time_cues.count(around.before) ? checked_time(m[1], m[2], "", "", language)
                                                 : std::nullopt;
}

// "von 8.30 bis 9.15 Uhr": the second one's word tells.
Expansion paired(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto pair = language.time_pairs.find(around.before);
  const bool follows = pair != language.time_pairs.end() && pair->second == m[3];
  return follows ? checked_time(m[1], m[2], "", "", language) : std::nullopt;
}

// "1:02:33.5", "00:01:23,456".
Expansion running(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.running_time(to_integer(m[1]), to_integer(m[2]), m[3] + language.decimal + m[4]);
}

// "3:43.13": minutes and seconds.
Expansion short_running(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.running_time(-1, to_integer(m[1]), m[2] + language.decimal + m[3]);
}

}  // namespace

Expansion checked_time(const std::string& hour,
                       const std::string& minute,
                       const std::string& second,
                       const std::string& half,
                       const Language& language) {
  const int64_t h = to_integer(hour), m = minute.empty() ? 0 : to_integer(minute);
  const int64_t s = second.empty() ? 0 : to_integer(second);
  if (h > 24 || m > 59 || s > 59 || (!half.empty() && (h < 1 || h > 12))) return std::nullopt;
  return language.time(static_cast<int>(h), static_cast<int>(m), static_cast<int>(s), half);
}

std::vector<Rule> time_rules(const Language& language) {
  const std::string to = R"((?: ?[-–] ?| {AND} ))", dash = " ?[-–] ?";
  const std::string word = R"( ?{CLOCK}(?!\p{L}))", maybe_word = "(?:" + word + ")?";
  std::vector<Rule> rules = {
      {"running time", "d", R"((\d{1,2}):(\d\d):(\d\d)[.,](\d{1,3})(?!\d))", running},
      {"running time", "d", R"((\d{1,2}):(\d\d)\.(\d{1,3})(?!\d))", short_running},
      {"time range",
       "d",
       R"((\d{1,2}):(\d\d))" + maybe_word + dash + R"((\d{1,2}):(\d\d)(?![\d:]))" + maybe_word,
       clock_range},
  };
  if (!language.clock_words.empty()) {
    const std::vector<Rule> own = {
        {"time range",
         "d",
         R"((\d{1,2})[.:](\d\d))" + maybe_word + dash + R"((\d{1,2})[.:](\d\d))" + word,
         clock_range},
        {"hours", "d", R"((\d{1,2}))" + dash + R"((\d{1,2}))" + word, hour_range},
        {"time", "d", R"((\d{1,2})[:.](\d\d)(?:[:.](\d\d))?)" + word, clock},
        {"time",
         "d",
         R"((\d{1,2})[.:](\d\d)(?= ({AND}) \d{1,2}(?:[.:]\d\d)?)" + word + ")",
         paired},
    };
    rules.insert(rules.end(), own.begin(), own.end());
  }
  rules.push_back(
      {"time",
       "d",
       R"((\d{1,2})\.([0-5]\d)(?![\d.,]\d|[%‰°]| ?(?:{UNIT}|{CUR}|{CODE}|{SCALE})(?!\p{L})))",
       cued});
  rules.push_back({"time", "d", R"((\d{1,2}):(\d\d)(?::(\d\d))?(?![\d:]))", clock});
  return rules;
}

}  // namespace tts
