// Amounts of money.
#include "text/normalise/numbers.h"
#include "text/normalise/rules/rules.h"

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
  if (!language.cents_named) return big + " " + cardinal(language, small);
  return big + " " + language.words.and_ + " " + small_words + " " + small_unit;
}

// "million", "Mio.", "b".
std::string scale_words(const std::string& scale, bool one, const Language& language) {
  const auto full = language.scale_names.find(scale);
  return full == language.scale_names.end() ? scale : one ? full->second.one : full->second.many;
}

std::string amount(const std::string& sign,
                   const std::string& number,
                   const std::string& scale,
                   const Currency& currency,
                   const Language& language) {
  const std::string minus = sign == "-" ? language.words.minus + " " : "";
  const std::string decimals = decimal_digits(language, number);
  const bool one = is_one(language, number);
  if (!scale.empty()) {
    const auto full = language.scale_names.find(scale);
    const char gender = full == language.scale_names.end() ? 'n' : full->second.gender;
    return minus + language.count(number, gender, {}) + " " + scale_words(scale, one, language) +
           " " + currency.many;
  }
  if (decimals == "00" && currency.cent_one.empty())
    return amount(sign, whole_digits(language, number), scale, currency, language);
  if (decimals.size() == 2 && !currency.cent_one.empty()) {
    return minus + with_cents(whole_digits(language, number), decimals, currency, language);
  }
  return minus + language.count(number, currency.gender, {}) + " " +
         (one ? currency.one : currency.many);
}

const Currency& named(const std::string& key, const Language& language) {
  return language.currencies.at(key);
}

// English "a $3 million house": the noun in front of another has no plural.
Currency attributive(Currency currency, const Neighbours& around, const Language& language) {
  if (language.singular_after.count(around.before) && !around.after.empty())
    currency.many = currency.one;
  return currency;
}

// "$5USD": the code says more than the sign.
Expansion before(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const std::string& name = m[5].empty() ? m[2] : m[5];
  const Currency currency = attributive(named(name, language), around, language);
  return amount(m[1], m[3], m[4], currency, language);
}

Expansion after(const RuleMatch& m, const Neighbours&, const Language& language) {
  return amount(m[1], m[2], m[3], named(m[4], language), language);
}

// "$.50" and "$.506" everywhere; "$3.50" also where a comma parts the cents.
Expansion dotted(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const Currency currency = attributive(named(m[2], language), around, language);
  const std::string whole = m[3].empty() && m[4].size() == 2 ? "0" : m[3];
  return amount(
      m[1], whole.empty() ? "." + m[4] : whole + language.decimal + m[4], "", currency, language);
}

// "12.50 CHF" where a comma parts the cents.
Expansion dotted_after(const RuleMatch& m, const Neighbours&, const Language& language) {
  return amount(m[1], m[2] + language.decimal + m[3], "", named(m[4], language), language);
}

// "$5-10", "5–10 €", "$150.25-$250.67".
std::string range(const std::string& first,
                  const std::string& last,
                  const std::string& scale,
                  const Currency& currency,
                  const Neighbours& around,
                  const Language& language) {
  const std::string cents = decimal_digits(language, first);
  const bool has_cents = cents.size() == 2 && cents != "00";
  const std::string begin = has_cents ? amount("", first, "", currency, language)
                                      : number_in_words(language, whole_digits(language, first));
  const bool fraction = !cents.empty() && cents.size() != 2;
  return (fraction ? number_in_words(language, first) : begin) + " " +
         range_word(around, language) + " " + amount("", last, scale, currency, language);
}

Expansion range_before(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return range(m[2], m[3], m[4], named(m[1], language), around, language);
}

Expansion range_after(const RuleMatch& m, const Neighbours& around, const Language& language) {
  return range(m[1], m[2], m[3], named(m[4], language), around, language);
}

}  // namespace

std::vector<Rule> money_rules(const Language& language) {
  const std::string whole = language.decimal == '.' ? "()" : R"((\d{0,9}))";
  const std::string behind = R"((?:[ -]?({SCALE}|{MONEYSCALE})(?!\p{L}))?)";
  const std::string scale = R"((?:[ -]?({SCALE})(?!\p{L}))?)";
  const std::string no_cents = R"((?:,[-–—]{1,2})?)";  // "5,- €"
  const std::string unit = R"(({CUR}|{CODE}(?![\p{L}\d])))";
  std::vector<Rule> rules = {
      {"range of money",
       "sl",
       R"(({CUR}|{CODE}) ?({NUM})(?:–|-| – | - )\1?({NUM}))" + behind + R"((?![\p{L}\d]))",
       range_before},
      {"range of money",
       "d",
       R"(({NUM})(?:–|-| – | - )({NUM}))" + scale + " ?" + unit,
       range_after},
      {"dotted cents",
       "sl",
       R"(([-+]?)({CUR}|{CODE}) ?)" + whole + R"(\.(\d\d|(?<=[^\d]\.)\d{3,4})(?![\d\p{L}]|[.,]\d))",
       dotted},
      {"money",
       "sl",
       R"(([-+]?)({CUR}|{CODE}) ?({NUM}))" + no_cents + behind +
           R"((?: ?({CODE})(?!\p{L}))?(?![\p{L}\d]))",
       before},
      {"money", "ds", R"((?<![\p{L}\d])([-+]?)({NUM}))" + no_cents + scale + " ?" + unit, after},
  };
  if (language.decimal != '.')
    rules.push_back({"dotted cents",
                     "ds",
                     R"((?<![\p{L}\d.])([-+]?)(\d{1,6})\.(\d\d) ?)" + unit,
                     dotted_after});
  return rules;
}

}  // namespace tts
