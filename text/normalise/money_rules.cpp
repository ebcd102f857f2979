// Amounts of money.
#include "text/normalise/numbers.h"
#include "text/normalise/rules.h"

namespace tts {
namespace {

// Whole units and cents: "five dollars and fifty cents", "fünf Euro fünfzig".
std::string with_cents(const std::string& whole,
                       const std::string& cents,
                       const Currency& currency,
                       const Language& language) {
  const int64_t units = to_integer(whole), small = to_integer(cents);
  const std::string big = language.count(whole, currency.gender, {}) + " " +
                          (units == 1 ? currency.one : currency.many);
  const std::string small_words = language.count(std::to_string(small), 'm', {});
  const std::string small_unit = small == 1 ? currency.cent_one : currency.cent_many;
  if (small == 0) return big;
  if (units == 0) return small_words + " " + small_unit;
  if (language.family != "en") return big + " " + cardinal(language, small);
  return big + " " + language.words.and_ + " " + small_words + " " + small_unit;
}

std::string amount(const std::string& sign,
                   const std::string& number,
                   const std::string& scale,
                   const Currency& currency,
                   const Language& language) {
  const std::string minus = sign == "-" ? language.words.minus + " " : "";
  const std::string decimals = decimal_digits(language, number);
  if (!scale.empty()) {
    const auto full = language.scale_names.find(scale);
    const bool one = is_one(language, number);
    std::string name = full == language.scale_names.end() ? scale
                       : one                              ? full->second.one
                                                          : full->second.many;
    const char gender = full == language.scale_names.end() ? 'n' : full->second.gender;
    return minus + language.count(number, gender, {}) + " " + name + " " + currency.many;
  }
  if (decimals.size() == 2 && !currency.cent_one.empty()) {
    return minus + with_cents(whole_digits(language, number), decimals, currency, language);
  }
  const bool one = is_one(language, number);
  return minus + language.count(number, currency.gender, {}) + " " +
         (one ? currency.one : currency.many);
}

const Currency& named(const std::string& key, const Language& language) {
  return language.currencies.at(key);
}

// English "a $3 million house": the noun in front of another has no plural.
Currency attributive(Currency currency, const Neighbours& around, const Language& language) {
  const bool in_front = language.family == "en" && (around.before == "a" || around.before == "an");
  if (in_front && !around.after.empty()) currency.many = currency.one;
  return currency;
}

Expansion before(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const Currency currency = attributive(named(m[2], language), around, language);
  return amount(m[1], m[3], m[4], currency, language);
}

Expansion after(const RuleMatch& m, const Neighbours&, const Language& language) {
  return amount(m[1], m[2], m[3], named(m[4], language), language);
}

// "$.50" everywhere; "$3.50" also where a comma parts the cents.
Expansion dotted(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const Currency currency = attributive(named(m[2], language), around, language);
  return amount(
      m[1], (m[3].empty() ? "0" : m[3]) + language.decimal + m[4], "", currency, language);
}

// "$5-10", "5–10 €".
Expansion range_before(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return number_in_words(language, m[2]) + " " + range_word(around, language) + " " +
         amount("", m[3], m[4], named(m[1], language), language);
}

Expansion range_after(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return number_in_words(language, m[1]) + " " + range_word(around, language) + " " +
         amount("", m[2], m[3], named(m[4], language), language);
}

}  // namespace

std::vector<Rule> money_rules(const Language& language) {
  const std::string whole = language.decimal == '.' ? "()" : R"((\d{0,9}))";
  const std::string scale = R"((?:[ -]?({SCALE})(?!\p{L}))?)";
  const std::string no_cents = R"((?:,[-–—]{1,2})?)";  // "5,- €"
  const std::string unit = R"(({CUR}|{CODE}(?![\p{L}\d])))";
  return {
      {"range of money",
       "sl",
       R"(({CUR}|{CODE}) ?({NUM})(?:–|-| – )\1?({NUM}))" + scale + R"((?![\p{L}\d]))",
       range_before},
      {"range of money", "d", R"(({NUM})(?:–|-| – )({NUM}))" + scale + " ?" + unit, range_after},
      {"dotted cents",
       "sl",
       R"(([-+]?)({CUR}|{CODE}) ?)" + whole + R"(\.(\d\d)(?![\d\p{L}]|[.,]\d))",
       dotted},
      {"money",
       "sl",
       R"(([-+]?)({CUR}|{CODE}) ?({NUM}))" + no_cents + scale + R"((?![\p{L}\d]))",
       before},
      {"money", "ds", R"((?<![\p{L}\d])([-+]?)({NUM}))" + no_cents + scale + " ?" + unit, after},
  };
}

}  // namespace tts
