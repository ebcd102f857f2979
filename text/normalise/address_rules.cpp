// E-mail and web addresses, handles, hashtags, file names, paths.
#include <unicode/uchar.h>

#include "text/normalise/numbers.h"
#include "text/normalise/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

enum class CharClass { kLetter, kDigit, kOther };

CharClass class_of(char16_t c) {
  if (u_isdigit(c)) return CharClass::kDigit;
  return u_isalpha(c) || U16_IS_SURROGATE(c) ? CharClass::kLetter : CharClass::kOther;
}

std::string sign_word(char16_t c, const Language& language) {
  const Vocabulary& words = language.words;
  switch (c) {
    case '.':
      return words.dot;
    case '/':
      return words.slash;
    case '-':
      return words.dash;
    case '_':
      return words.underscore;
    case '@':
      return words.at;
    case ':':
      return words.colon;
    case '\\':
      return words.backslash;
    case '#':
      return words.hashtag;
    case '=':
      return words.equals;
    case '&':
      return words.and_;
    case '+':
      return words.plus;
    case '%':
      return words.percent;
    default:
      return "";
  }
}

// Whether a part of an address is said as a word: it has a vowel and no pile of consonants.
bool is_sayable(const std::string& part) {
  int consonants = 0;
  bool vowel = false;
  for (char c : lower_case(part)) {
    const bool is_vowel = std::string("aeiouy").find(c) != std::string::npos || (c & 0x80);
    consonants = is_vowel ? 0 : consonants + 1;
    vowel = vowel || is_vowel;
    if (consonants > 4) return false;
  }
  return vowel && part.size() > 1;
}

std::string part_in_words(const std::string& part, bool last) {
  static const std::set<std::string> top_level = {"com", "org", "net", "info", "gov", "pdf"};
  if (top_level.count(lower_case(part)))
    return lower_case(part) == "pdf" ? spelled(part) : lower_case(part);
  const bool short_end = last && part.size() <= 3 && lower_case(part) != "app";
  return !is_sayable(part) || short_end ? spelled(part) : lower_case(part);
}

// Letters as words, digits as numbers, signs by name; a new word at a capital inside
// ("TextToSpeech").
std::string address_in_words(const std::string& address, const Language& language) {
  const icu::UnicodeString text = from_utf8(address);
  std::string out;
  for (int32_t i = 0; i < text.length();) {
    int32_t end = i + 1;
    const CharClass kind = class_of(text[i]);
    while (kind != CharClass::kOther && end < text.length() && class_of(text[end]) == kind &&
           !(u_isupper(text[end]) && u_islower(text[end - 1]))) {
      ++end;
    }
    const std::string part = to_utf8(text.tempSubStringBetween(i, end));
    const bool domain_end =
        i > 0 && text[i - 1] == '.' && (end == text.length() || text[end] == '/');
    std::string words = kind == CharClass::kOther    ? sign_word(text[i], language)
                        : kind == CharClass::kLetter ? part_in_words(part, domain_end)
                        : part.size() > 4            ? digits_in_words(language, part)
                                                     : number_in_words(language, part);
    if (!words.empty()) out += (out.empty() ? "" : " ") + words;
    i = end;
  }
  return out;
}

Expansion address(const RuleMatch& m, const Neighbours&, const Language& language) {
  std::string text = m[0];
  for (const char* scheme : {"https://", "http://", "ftp://", "mailto:"}) {
    if (lower_case(text).rfind(scheme, 0) == 0) text = text.substr(std::string(scheme).size());
  }
  while (!text.empty() && text.back() == '/') text.pop_back();
  return address_in_words(text, language);
}

Expansion handle(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.at + " " + address_in_words(m[1], language);
}

Expansion hashtag(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.hashtag + " " + address_in_words(m[1], language);
}

}  // namespace

std::vector<Rule> address_rules(const Language&) {
  const std::string host =
      R"([\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?(?:\.[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?)*)";
  const std::string known =
      R"(\.(?:com|org|net|edu|gov|info|io|ai|app|dev|co\.uk|de|nl|be|at|ch|eu|fr|uk)(?![\p{L}\d]))";
  const std::string path = R"((?::\d{2,5})?(?:/[^\s<>"]*[^\s<>".,;:!?)'])?/?)";
  return {
      {"e-mail",
       "ld",
       R"((?:mailto:)?[\p{L}\d](?:[\p{L}\d._%+'-]*)@)" + host + R"(\.\p{L}{2,})",
       address},
      {"web address", "l", R"((?:https?|ftp)://)" + host + path, address},
      {"web address", "l", R"(www\.)" + host + path, address},
      {"web address",
       "ld",
       R"([\p{L}\d](?:[\p{L}\d-]{0,60}\.){0,3}?[\p{L}\d-]{0,60})" + known + path,
       address},
      {"file name",
       "l",
       R"([\p{L}\d_-]{1,60}\.(?:txt|pdf|docx?|xlsx?|jpe?g|png|mp3|wav|zip|html?|cpp|py|json|csv)(?![\p{L}\d]))",
       address},
      {"Windows path",
       "l",
       R"((?<![\p{L}\d])\p{L}:\\(?:[^\s<>"|?*]*[^\s<>"|?*.,;:!)'\\])?)",
       address},
      {"path", "s", R"((?<![\p{L}\d<./~])(?:/[\p{L}\d_.-]*[\p{L}\d_-]){2,}/?)", address},
      {"handle", "s", R"((?<![\p{L}\d])@([\p{L}_][\p{L}\d_]{1,40}))", handle},
      {"hashtag", "s", R"((?<![\p{L}\d])#([\p{L}_][\p{L}\d_]{1,60}))", hashtag},
  };
}

}  // namespace tts
