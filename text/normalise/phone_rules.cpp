// Telephone numbers, digit by digit with a short rest between groups.
#include "text/normalise/numbers.h"
#include "text/normalise/rules.h"

namespace tts {
namespace {

Expansion grouped(const RuleMatch& m, const Neighbours&, const Language& language) {
  std::string out, group;
  int digits = 0;
  const auto flush = [&] {
    if (!group.empty()) out += (out.empty() ? "" : " , ") + digits_in_words(language, group);
    group.clear();
  };
  for (char c : m[0]) {
    if (c == '+') {
      out = language.words.plus;
    } else if (c >= '0' && c <= '9') {
      group.push_back(c);
      ++digits;
    } else {
      flush();
    }
  }
  flush();
  if (digits < 7 || digits > 16) return std::nullopt;
  const std::string rest = language.words.plus + " , ";  // no rest after "plus"
  return out.rfind(rest, 0) == 0 ? language.words.plus + " " + out.substr(rest.size()) : out;
}

Expansion by_digit(const RuleMatch& m, const Neighbours&, const Language& language) {
  return digits_in_words(language, m[0]);
}

// "Bel 112."
Expansion emergency(const RuleMatch& m, const Neighbours& around, const Language& language) {
  static const std::set<std::string> cues = {
      "bel", "belde", "bellen", "alarmnummer", "notruf", "wähle", "wählen", "rufnummer"};
  return cues.count(around.before) ? by_digit(m, around, language) : std::nullopt;
}

// "1012 AB".
Expansion dutch_postcode(const RuleMatch& m, const Neighbours&, const Language& language) {
  return number_in_words(language, m[1]) + " " + number_in_words(language, m[2]) + " " +
         spelled(m[3]);
}

Expansion isbn(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const auto digits = grouped({{m[1]}}, around, language);
  return digits ? Expansion(spelled("ISBN") + " " + *digits) : std::nullopt;
}

}  // namespace

std::vector<Rule> phone_rules(const Language& language) {
  std::vector<Rule> rules = {{"ISBN", "l", R"(ISBN(?:-1[03])?:? ([\d-]{10,17})(?!\d))", isbn},
                             {"international phone number",
                              "s",
                              R"(\+\d{1,3}[ .-]?(?:\(?\d{1,5}\)?[ ./-]?){1,5}\d{2,}(?![\d\p{L}]))",
                              grouped}};
  std::vector<Rule> own;
  if (language.family == "en") {
    own = {
        {"phone number",
         "ds",
         R"((?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[.-]\d{4}(?!\d))",
         grouped},
        {"phone number", "d", R"([2-9]\d\d-\d{4}(?![\d-]))", grouped},
        {"emergency number", "d", R"(911(?![.,:/-]?\d|\p{L}))", by_digit},
        {"ZIP code", "d", R"((?<=(?<!\p{L})\p{Lu}{2} )\d{5}(?:-\d{4})?(?![\d\p{L}]))", by_digit},
    };
  } else {
    own = {{"phone number",
            "ds",
            R"(\(?0\d{1,5}\)?(?: ?[/-] ?| )\d{2,}(?:[ -]?\d{2,}){0,4}(?![\d\p{L}]))",
            grouped},
           {"emergency number", "d", R"(11[02](?![.,:/-]?\d|\p{L}))", emergency}};
    own.push_back(
        language.family == "de"
            ? Rule{"postcode", "d", R"((?<=[,\n] ?)\d{5}(?= \p{Lu}))", by_digit}
            : Rule{
                  "postcode", "d", R"(([1-9]\d)(\d\d) ?(\p{Lu}{2})(?![\p{L}\d]))", dutch_postcode});
  }
  rules.insert(rules.end(), own.begin(), own.end());
  return rules;
}

}  // namespace tts
