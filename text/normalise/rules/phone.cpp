// Numbers that are read by their digits, with a short rest between groups: telephone numbers,
// cards, accounts, codes.
#include <unicode/uchar.h>

#include "core/ascii.h"
#include "text/normalise/numbers.h"
#include "text/normalise/rules/context.h"
#include "text/normalise/rules/groups.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr int kCueReach = 4;  // "your code is 4821", "card ending in 8876"
constexpr int kFewestDigits = 7, kMostDigits = 24;

int digits_in(const std::string& text) {
  int count = 0;
  for (char c : text) count += c >= '0' && c <= '9';
  return count;
}

// Whether what follows is a noun that the number would count: "call 300 people".
bool counts_noun(const Neighbours& around, const Language& language) {
  return !around.after.empty() && u_islower(from_utf8(around.after).char32At(0)) &&
         !language.number_ends.count(around.after) && sign_after(around) != '.';
}

// Groups of a shape that only such numbers have.
Expansion grouped(const RuleMatch& m, const Neighbours&, const Language& language) {
  const int digits = digits_in(m[0]);
  if (digits < kFewestDigits || digits > kMostDigits) return std::nullopt;
  return groups_in_words(m[0], language);
}

// "code 482 913", "PIN 4821", "Call 1300 555 019", "ext. 204".
Expansion cued(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const int digits = digits_in(m[0]);
  const bool code = digits >= 3 && cue_before(around, language.digit_cues, kCueReach);
  const bool call = digits >= 3 && cue_before(around, language.call_cues, 2);
  if (!(code || call) || counts_noun(around, language)) return std::nullopt;
  return groups_in_words(m[0], language);
}

// "otp is ab9453".
Expansion cued_code(const RuleMatch& m, const Neighbours& around, const Language& language) {
  if (!cue_before(around, language.digit_cues, kCueReach)) return std::nullopt;
  return groups_in_words(m[0], language);
}

// "Code 123456" where only digits follow; "commit 72a3277cd7abc", UUIDs.
Expansion hexadecimal(const RuleMatch& m, const Neighbours&, const Language& language) {
  return groups_in_words(m[0], language);
}

// "DE89 3704 0044": groups of four behind a country and two digits. Short ones need the word.
Expansion iban(const RuleMatch& m, const Neighbours& around, const Language& language) {
  const bool named = word_before(around, 1) == "iban" || word_before(around, 2) == "iban";
  int characters = 0;
  for (char c : m[0]) characters += c != ' ';
  if (!named && characters < 15) return std::nullopt;
  return groups_in_words(m[0], language);
}

Expansion isbn(const RuleMatch& m, const Neighbours&, const Language& language) {
  return spelled(m[1]) + " " + groups_in_words(m[2], language);
}

}  // namespace

// Letters by their names, digits one by one, a short rest where anything else stands.
std::string groups_in_words(const std::string& written, const Language& language) {
  std::string out;
  bool rest = false, plus = false;
  for (char c : written) {
    const bool digit = c >= '0' && c <= '9', letter = is_ascii_alpha(c);
    if (c == '+') {
      out = language.words.plus;
      plus = true;
    } else if (digit || letter) {
      out += out.empty() ? "" : rest && !plus ? " , " : " ";
      out += digit ? cardinal(language, c - '0') : spelled(std::string(1, c));
      rest = plus = false;
    } else {
      rest = true;
    }
  }
  return out;
}

std::vector<Rule> phone_rules(const Language&) {
  const std::string end = R"((?![\d\p{L}]|[.,:/-]\d))";
  return {
      {"ISBN", "l", R"((ISBN|ISSN)(?:-1[03])?:? ([\d-]{8,16}[\dXx])(?!\d))", isbn},
      {"IBAN", "l", R"(([A-Z]{2}\d\d(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?)(?![\p{L}\d]))", iban},
      {"international phone number",
       "s",
       R"(\+\d{1,3}[ .-]?(?:\(?\d{1,5}\)?[ ./-]?){1,5}\d{2,}(?![\d\p{L}]))",
       grouped},
      {"phone number", "s", R"(\(0\d{1,5}\)[ /-]?\d{2,8}(?:[ -]\d{2,5}){0,3})" + end, grouped},
      {"phone number", "s", R"(\(\d{3}\)[ -]?\d{3}[ -]\d{4})" + end, grouped},
      {"card number", "d", R"(\d{4}([ -])\d{4}\1\d{4}(?:\1\d{2,4}){0,2})" + end, grouped},
      {"card number", "d", R"(3\d{3}([ -])\d{6}\1\d{5})" + end, grouped},
      {"phone number", "d", R"(0\d{1,4}(?: \d{2,4}){2,5})" + end, grouped},
      {"phone number",
       "d",
       R"(1[38]00 \d{3} \d{3}|\d{3}-\d{4}-\d{4}|\d{3}-\d\d-\d{4})" + end,
       [](const RuleMatch& m, const Neighbours&, const Language& language) {
         return Expansion(groups_in_words(m[0], language));
       }},
      {"phone number", "d", R"(\d{3}-\d{3}-\d{4}(?:-\d{1,4})?)" + end, grouped},
      {"hexadecimal number",
       "dl",
       R"((?<![\p{L}\d])(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|)"
       R"((?=[a-f]*\d[0-9a-f]*[a-f]|[0-9]+[a-f]+\d)[0-9a-f]{7,64})(?![\p{L}\d-]))",
       hexadecimal},
      {"code", "d", R"(\d{3,}(?:[ -]\d{2,}){0,5})" + end, cued},
      {"code",
       "dl",
       R"((?=\p{L}*\d)(?=\d*\p{L})[A-Za-z\d]{4,12}(?:-[A-Za-z\d]{2,8}){0,4}(?![\p{L}\d]))",
       cued_code},
  };
}

}  // namespace tts
