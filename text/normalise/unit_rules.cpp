// Numbers with units of measure.
#include "text/normalise/numbers.h"
#include "text/normalise/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr char kTail[] = R"((?:(²|³|\^[23]|[23](?=\D|$))|)(?![\p{L}\d]))";

bool is_speed(const std::string& key) {
  return key.find('/') != key.npos;
}

// "square kilometers", "Quadratkilometer", "vierkante kilometer"; "meters per second squared".
std::string unit_words(const std::string& key,
                       const std::string& power,
                       bool one,
                       const Language& language) {
  const Unit& unit = language.units.at(key);
  const std::string name = one ? unit.one : unit.many;
  if (power.empty()) return name;
  if (is_speed(key)) return name + " " + language.words.squared;
  const bool cubic = power == "³" || power.back() == '3';
  const std::string& prefix = cubic ? language.words.cubic : language.words.square;
  return language.family == "de" ? prefix + lower_case(name) : prefix + " " + name;
}

bool is_power(const std::string& key) {
  return key == "m" || key == "km" || key == "cm" || key == "mm" || key == "ft" || key == "mi" ||
         key == "in." || key == "yd" || is_speed(key);
}

std::string sign_words(const std::string& sign, const Language& language) {
  if (sign == "-") return language.words.minus + " ";
  if (sign == "+") return language.words.plus + " ";
  if (sign == "±") return language.words.plus_minus + " ";
  return sign.empty() ? "" : language.words.about + " ";
}

Expansion measure(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const bool capital = m[4].size() == 1 && m[4][0] >= 'A' && m[4][0] <= 'Z';
  const bool letter_word = capital && (m[3] == "-" || (m[3] == " " && !around.after.empty()));
  if (letter_word || (m[4] == "'" && m[3] == " ")) return std::nullopt;  // "5 A levels"
  if (!m[5].empty() && !is_power(m[4])) return std::nullopt;
  const Unit& unit = language.units.at(m[4]);
  const bool one = is_one(language, m[2]);
  // English "a 3.5 GB file": the noun in front of another has no plural.
  const bool article = around.before == "a" || around.before == "an";
  const bool attributive =
      language.family == "en" && (m[3] == "-" || (article && !around.after.empty()));
  return sign_words(m[1], language) + language.count(m[2], unit.gender, around) + " " +
         unit_words(m[4], m[5], one || attributive, language);
}

Expansion range(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (!m[4].empty() && !is_power(m[3])) return std::nullopt;
  return number_in_words(language, m[1]) + " " + range_word(around, language) + " " +
         number_in_words(language, m[2]) + " " + unit_words(m[3], m[4], false, language);
}

Expansion area(const RuleMatch& m, const Neighbours&, const Language& language) {
  std::string out = number_in_words(language, m[1]) + " " + language.words.by + " " +
                    number_in_words(language, m[2]);
  if (!m[3].empty()) out += " " + language.words.by + " " + number_in_words(language, m[3]);
  return out + " " + unit_words(m[4], m[5], false, language);
}

// 6'2", 5'10½".
Expansion feet_and_inches(const RuleMatch& m, const Neighbours&, const Language& language) {
  const int64_t inches = to_integer(m[2]);
  return cardinal(language, to_integer(m[1])) + " foot " +
         (m[3].empty() ? cardinal(language, inches) : language.mixed(inches, 1, 2, {}));
}

// "6 ft 2 in".
Expansion feet_and_inches_by_name(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string feet = to_integer(m[1]) == 1 ? " foot " : " feet ";
  const std::string inches = is_one(language, m[2]) ? " inch" : " inches";
  return cardinal(language, to_integer(m[1])) + feet + number_in_words(language, m[2]) + inches;
}

// "a 12-in pizza", "12 in wide".
Expansion inches(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const bool one = is_one(language, m[1]) || around.before == "a" || around.before == "an";
  return number_in_words(language, m[1]) + (one ? " inch" : " inches");
}

// "a 12" pizza": after an article the sign is no closing quote.
Expansion inch_sign(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const bool article = around.before == "a" || around.before == "an";
  return article ? inches(m, around, language) : std::nullopt;
}

// "500 sq ft".
Expansion square_unit(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string power = m[2] == "sq" ? "2" : "3", key = m[3] == "in" ? "in." : m[3];
  return number_in_words(language, m[1]) + " " +
         unit_words(key, power, is_one(language, m[1]), language);
}

// "$3/lb", "5 kg/m³".
Expansion per_unit(const RuleMatch& m, const Neighbours&, const Language& language) {
  if (!m[2].empty() && !is_power(m[1])) return std::nullopt;
  return language.words.per + " " + unit_words(m[1], m[2], true, language);
}

// "$9.99/mo".
Expansion per_noun(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.per + " " + language.per_nouns.at(m[1]);
}

// "6.5 l/100 km".
Expansion per_measure(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.per + " " + number_in_words(language, m[1]) + " " +
         unit_words(m[2], "", is_one(language, m[1]), language);
}

// "2h 14m".
Expansion duration(const RuleMatch& m, const Neighbours&, const Language& language) {
  const char* keys[] = {"h", "min", "s"};
  std::string out;
  for (size_t i = 0; i < 3; ++i) {
    if (m[i + 1].empty()) continue;
    const Unit& unit = language.units.at(keys[i]);
    out += (out.empty() ? "" : " ") + language.count(m[i + 1], unit.gender, {}) + " " +
           (is_one(language, m[i + 1]) ? unit.one : unit.many);
  }
  return out;
}

// "per km": a unit without a number.
Expansion alone(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (!m[2].empty() && !is_power(m[1])) return std::nullopt;
  static const std::set<std::string> singular = {
      "per", "pro", "je", "a", "one", "ein", "einen", "een", "the", "der", "de"};
  return unit_words(m[1], m[2], singular.count(around.before) != 0, language);
}

}  // namespace

std::vector<Rule> unit_rules(const Language& language) {
  std::vector<Rule> rules = {
      {"area",
       "d",
       R"(({NUM}) ?[x×] ?({NUM})(?: ?[x×] ?({NUM}))? ?({UNIT}))" + std::string(kTail),
       area},
      {"range of measures",
       "d",
       R"(({NUM})(?:–|-| – )({NUM}) ?({UNIT}))" + std::string(kTail),
       range},
      {"measure",
       "ds",
       R"((?<![\p{L}\d])([-+±~≈]?) ?({NUM})(?! [NESW]\. \d)([ -]?)({UNIT}))" + std::string(kTail),
       measure},
      {"per unit", "s", R"((?<=\d ?[\p{L}µ]{0,4})/({UNIT}))" + std::string(kTail), per_unit},
      {"per noun", "s", R"((?<=[\d€$£] ?[\p{L}]{0,5})/({PER})(?![\p{L}\d])\.?)", per_noun},
      {"per measure", "s", R"((?<=\d ?\p{L}{1,3})/({NUM}) ?({UNIT})(?![\p{L}\d]))", per_measure},
      {"unit",
       "l",
       R"((km/h|km|kg|cm|mm|m(?=[²³])|kHz|MHz|GHz|GB|MB|TB|kWh|kW|ml|mg|dB|hPa))" +
           std::string(kTail),
       alone},
  };
  if (language.units.count("h")) {
    rules.insert(rules.begin(),
                 {"duration",
                  "d",
                  R"((\d{1,3}) ?h ?(\d{1,2}) ?m(?:in)?(?: ?(\d{1,2}) ?s)?(?![\p{L}\d/]))",
                  duration});
  }
  if (language.family == "en") {
    const std::vector<Rule> english = {
        {"feet and inches", "d", R"((\d{1,2})' ?(\d{1,2})(½?)(?:"|''))", feet_and_inches},
        {"feet and inches",
         "d",
         R"((\d{1,3}) ?(?:ft\.?|feet|foot) ?({NUM}) ?(?:in(?!\p{L}| (?:the|a|\d))\.?|inches))",
         feet_and_inches_by_name},
        {"inches",
         "d",
         R"(({NUM})(?:-in(?= )| in(?= (?:wide|long|tall|thick|across)| ?[x×] ?\d)))",
         inches},
        {"inches", "d", R"x(({NUM})"(?= \p{Ll}))x", inch_sign},
        {"square unit",
         "d",
         R"(({NUM}) ?(sq|cu)\.? ?(ft|in|mi|yd|km|cm|mm|m)(?!\p{L})\.?)",
         square_unit},
    };
    rules.insert(rules.begin(), english.begin(), english.end());
  }
  return rules;
}

}  // namespace tts
