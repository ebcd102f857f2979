#include "text/normalise/numbers.h"

#include <unicode/rbnf.h>

#include <memory>
#include <mutex>

#include "core/error.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr size_t kMaxDigits = 15;         // beyond that nobody counts …
constexpr size_t kMaxGroupedDigits = 33;  // … unless thousands are marked
constexpr size_t kQuintillionDigits = 18;

class Speller {
 public:
  explicit Speller(const std::string& language) {
    UErrorCode status = U_ZERO_ERROR;
    format_ = std::make_unique<icu::RuleBasedNumberFormat>(
        icu::URBNF_SPELLOUT, icu::Locale(language.c_str()), status);
    if (U_FAILURE(status)) {
      fail(ErrorCode::kInternal,
           "ICU has no spell-out rules for \"",
           language,
           "\": ",
           u_errorName(status));
    }
  }

  std::string operator()(const std::string& rules, int64_t n) const {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString out;
    icu::FieldPosition position;
    format_->format(n, from_utf8(rules), out, position, status);
    if (U_FAILURE(status)) fail(ErrorCode::kInternal, "ICU has no rules ", rules);
    return to_utf8(out);
  }

 private:
  std::unique_ptr<icu::RuleBasedNumberFormat> format_;
};

std::string only_digits(const std::string& text) {
  std::string digits;
  for (char c : text) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  return digits;
}

int64_t value_of(char c) {
  static const std::map<char, int64_t> values = {
      {'I', 1}, {'V', 5}, {'X', 10}, {'L', 50}, {'C', 100}, {'D', 500}, {'M', 1000}};
  return values.at(c);
}

std::string written_as_roman(int64_t n) {
  static const std::pair<int64_t, const char*> parts[] = {{1000, "M"},
                                                          {900, "CM"},
                                                          {500, "D"},
                                                          {400, "CD"},
                                                          {100, "C"},
                                                          {90, "XC"},
                                                          {50, "L"},
                                                          {40, "XL"},
                                                          {10, "X"},
                                                          {9, "IX"},
                                                          {5, "V"},
                                                          {4, "IV"},
                                                          {1, "I"}};
  std::string out;
  for (const auto& [value, letters] : parts) {
    for (; n >= value; n -= value) out += letters;
  }
  return out;
}

}  // namespace

std::string spell_out(const std::string& language, const std::string& rules, int64_t n) {
  static std::mutex mutex;  // formatting with ICU's rules is not documented as thread-safe
  static std::map<std::string, Speller> spellers;
  const std::lock_guard<std::mutex> lock(mutex);
  auto found = spellers.find(language);
  if (found == spellers.end()) found = spellers.emplace(language, Speller(language)).first;
  return found->second(rules, n);
}

std::string cardinal(const Language& language, int64_t n) {
  return language.cardinal ? language.cardinal(n)
                           : spell_out(language.code, "%spellout-numbering", n);
}

std::string digits_in_words(const Language& language, const std::string& digits) {
  std::string out;
  for (char c : only_digits(digits)) out += (out.empty() ? "" : " ") + cardinal(language, c - '0');
  return out;
}

int64_t to_integer(const std::string& digits) {
  const bool plain = digits.find_first_not_of("0123456789") == digits.npos;
  if (digits.empty() || digits.size() > kMaxDigits || !plain) return -1;
  return std::stoll(digits);
}

// Where the decimal mark stands. Several of it mark thousands: "1.000.000" in English.
static size_t mark_of(const Language& language, const std::string& written) {
  if (!written.empty() && written[0] == '.') return 0;  // ".5" in any language
  const size_t first = written.find(language.decimal);
  return first != written.rfind(language.decimal) ? written.npos : first;
}

std::string whole_digits(const Language& language, const std::string& written) {
  return only_digits(written.substr(0, mark_of(language, written)));
}

std::string decimal_digits(const Language& language, const std::string& written) {
  const size_t mark = mark_of(language, written);
  return mark == written.npos ? std::string() : only_digits(written.substr(mark));
}

bool is_one(const Language& language, const std::string& written) {
  return whole_digits(language, written) == "1" && decimal_digits(language, written).empty();
}

static std::string whole_in_words(const Language& language,
                                  const std::string& whole,
                                  bool grouped) {
  if (whole.empty()) return language.words.zero_point;
  const int64_t n = to_integer(whole);
  const bool leading_zero = whole.size() > 1 && whole[0] == '0';
  if (n >= 0 && !leading_zero) return cardinal(language, n);
  if (!grouped || leading_zero || whole.size() > kMaxGroupedDigits)
    return digits_in_words(language, whole);
  const auto number = [&](const std::string& digits) {
    return cardinal(language, std::stoll(digits));
  };
  if (whole.size() <= kQuintillionDigits) return number(whole);
  const size_t high = whole.size() - kQuintillionDigits;
  const std::string rest = whole.substr(high);
  const bool round = rest.find_first_not_of('0') == rest.npos;
  return number(whole.substr(0, high)) + " " + language.words.quintillion +
         (round ? "" : " " + number(rest));
}

std::string number_in_words(const Language& language, const std::string& written) {
  const std::string decimals = decimal_digits(language, written);
  std::string out = !written.empty() && written[0] == '-' ? language.words.minus + " " : "";
  const std::string whole = whole_digits(language, written);
  out += whole_in_words(language, whole, only_digits(written).size() < written.size());
  if (decimals.empty()) return out;
  return out + (out.empty() ? "" : " ") + language.words.point + " " +
         digits_in_words(language, decimals);
}

int64_t roman_value(const std::string& roman) {
  if (roman.find_first_not_of("IVXLCDM") != roman.npos) return 0;
  int64_t total = 0;
  for (size_t i = 0; i < roman.size(); ++i) {
    const int64_t value = value_of(roman[i]);
    total += i + 1 < roman.size() && value < value_of(roman[i + 1]) ? -value : value;
  }
  return total > 0 && total < 4000 && written_as_roman(total) == roman ? total : 0;
}

}  // namespace tts
