#include "text/normalise/numbers.h"

#include <unicode/rbnf.h>

#include <memory>
#include <mutex>

#include "core/error.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr size_t kMaxDigits = 15;  // beyond that nobody counts

class Speller {
 public:
  explicit Speller(const std::string& family) {
    UErrorCode status = U_ZERO_ERROR;
    format_ = std::make_unique<icu::RuleBasedNumberFormat>(
        icu::URBNF_SPELLOUT, icu::Locale(family.c_str()), status);
    if (U_FAILURE(status)) {
      fail(ErrorCode::kInternal,
           "ICU has no spell-out rules for \"",
           family,
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

// ICU leaves some Dutch parts unmarked: "honderdeen".
void mark_dutch_parts(std::string& words) {
  const std::string hundred = "honderd", soft_hyphen = "\u00AD";
  size_t at = words.find(hundred);
  if (at == words.npos) return;
  at += hundred.size();
  const std::string rest = words.substr(at);
  const bool marked = rest.empty() || rest[0] == ' ' || rest.compare(0, 2, soft_hyphen) == 0;
  if (!marked && rest != "ste") words.insert(at, soft_hyphen);
}

std::string only_digits(const std::string& text) {
  std::string digits;
  for (char c : text) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  return digits;
}

}  // namespace

std::string spell_out(const std::string& family, const std::string& rules, int64_t n) {
  static std::mutex mutex;  // formatting with ICU's rules is not documented as thread-safe
  static std::map<std::string, Speller> spellers;
  const std::lock_guard<std::mutex> lock(mutex);
  auto found = spellers.find(family);
  if (found == spellers.end()) found = spellers.emplace(family, Speller(family)).first;
  std::string words = found->second(rules, n);
  if (family == "nl") mark_dutch_parts(words);
  return words;
}

std::string cardinal(const Language& language, int64_t n) {
  if (n == 1 && language.family == "nl") return "één";  // "een" alone is the article
  return spell_out(language.family, "%spellout-numbering", n);
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

std::string whole_digits(const Language& language, const std::string& written) {
  return only_digits(written.substr(0, written.find(language.decimal)));
}

std::string decimal_digits(const Language& language, const std::string& written) {
  const size_t mark = written.find(language.decimal);
  return mark == written.npos ? std::string() : only_digits(written.substr(mark));
}

bool is_one(const Language& language, const std::string& written) {
  return whole_digits(language, written) == "1" && decimal_digits(language, written).empty();
}

std::string number_in_words(const Language& language, const std::string& written) {
  const std::string whole = whole_digits(language, written);
  const std::string decimals = decimal_digits(language, written);
  std::string out = !written.empty() && written[0] == '-' ? language.words.minus + " " : "";
  const int64_t n = to_integer(whole);
  const bool leading_zero = whole.size() > 1 && whole[0] == '0';
  if (n < 0 || leading_zero) {
    out += digits_in_words(language, whole.empty() ? "0" : whole);
  } else {
    out += cardinal(language, n);
  }
  if (!decimals.empty())
    out += " " + language.words.point + " " + digits_in_words(language, decimals);
  return out;
}

}  // namespace tts
