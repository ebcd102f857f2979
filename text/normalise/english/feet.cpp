// Feet, inches and other measures of English.
#include "text/normalise/english/english.h"
#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/normalise/rules/unit.h"

namespace tts {
namespace {

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
  return number_in_words(language, m[1]) +
         (is_singular_unit(m[1], around, language) ? " inch" : " inches");
}

// 12" and 6': no mark that closes a quotation.
Expansion inch_sign(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return in_quotes(around, '"') ? std::nullopt : inches(m, around, language);
}

Expansion foot_sign(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (in_quotes(around, '\'')) return std::nullopt;
  return number_in_words(language, m[1]) +
         (is_singular_unit(m[1], around, language) ? " foot" : " feet");
}

// "a 3/4" pipe".
Expansion fraction_of_inch(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (in_quotes(around, '"')) return std::nullopt;
  const int64_t above = to_integer(m[2]), below = to_integer(m[3]);
  if (below < 2 || above < 1 || above >= below) return std::nullopt;
  if (m[1].empty())
    return language.fraction_of(
        language.fraction(above, below, {}), above, language.units.at("in."));
  return language.mixed(to_integer(m[1]), above, below, {}) +
         (language.singular_after.count(around.before) ? " inch" : " inches");
}

// "500 sq ft".
Expansion square_unit(const RuleMatch& m, const Neighbours&, const Language& language) {
  const std::string power = m[2] == "sq" ? "2" : "3", key = m[3] == "in" ? "in." : m[3];
  return number_in_words(language, m[1]) + " " +
         unit_in_words(key, power, is_one(language, m[1]), language);
}

}  // namespace

std::vector<Rule> english_unit_rules() {
  return {
      {"feet and inches", "d", R"((\d{1,2})' ?(\d{1,2})(½?)(?:"|''))", feet_and_inches},
      {"feet and inches",
       "d",
       R"((\d{1,3}) ?(?:ft\.?|feet|foot) ?({NUM}) ?(?:in(?!\p{L}| (?:the|a|\d))\.?|inches))",
       feet_and_inches_by_name},
      {"inches",
       "d",
       R"(({NUM})(?:-in(?= )| in(?= (?:wide|long|tall|thick|deep|high|across)| ?[x×] ?\d)))",
       inches},
      {"inches", "d", R"x((?:(\d{1,3})[ -])?(\d{1,3})/(\d{1,3})"(?![\p{L}\d]))x", fraction_of_inch},
      {"inches", "d", R"x(({NUM})"(?![\p{L}\d]))x", inch_sign},
      {"feet", "d", R"x(({NUM})'(?![\p{L}\d']))x", foot_sign},
      {"square unit",
       "d",
       R"(({NUM}) ?(sq|cu)\.? ?(ft|in|mi|yd|km|cm|mm|m)(?!\p{L})\.?)",
       square_unit},
  };
}

}  // namespace tts
