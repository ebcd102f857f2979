// E-mail and web addresses, handles, hashtags, file names, paths.
#include <unicode/uchar.h>

#include <regex>

#include "text/normalise/numbers.h"
#include "text/normalise/rules/rules.h"
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
      return words.hash;
    case '?':
      return words.question_mark;
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
  static const std::set<std::string> top_level = {
      "com", "org", "net", "info", "gov", "pdf", "co", "me", "app", "out"};
  if (top_level.count(lower_case(part)))
    return lower_case(part) == "pdf" ? spelled(part) : lower_case(part);
  const bool short_end = last && part.size() <= 3;
  return !is_sayable(part) || short_end ? spelled(part) : lower_case(part);
}

// "8080" → eighty eighty, "2026" → twenty twenty-six.
std::string digits_of_address(const std::string& digits, bool octet, const Language& language) {
  const int64_t n = to_integer(digits);
  if (octet || digits.size() > 4 || (digits[0] == '0' && digits.size() > 1))
    return digits_in_words(language, digits);
  if (digits.size() == 4 && digits.substr(0, 2) == digits.substr(2))
    return cardinal(language, n / 100) + " " + cardinal(language, n % 100);
  return digits.size() == 4 && n >= 1900 && n < 2100 ? language.year(n) : cardinal(language, n);
}

struct Reading {
  bool hyphens = true;  // read by name
  bool octets = false;  // numbers by their digits
};

// Letters as words, digits as numbers, signs by name; a new word at a capital inside
// ("TextToSpeech").
std::string address_in_words(const std::string& address,
                             const Language& language,
                             Reading reading) {
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
    const bool domain_end = i > 0 && text[i - 1] == '.' &&
                            (end == text.length() || text[end] == '/' || text[end] == '?' ||
                             text[end] == ':' || text[end] == '.');
    const bool octet = reading.octets && text.indexOf(u'/') < 0 &&
                       (text.indexOf(u':') < 0 || i < text.indexOf(u':'));
    std::string words = kind == CharClass::kOther
                            ? text[i] == '-' && !reading.hyphens ? "" : sign_word(text[i], language)
                        : kind == CharClass::kLetter ? part_in_words(part, domain_end)
                                                     : digits_of_address(part, octet, language);
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
  return address_in_words(text, language, {});
}

// "report-2026.pdf": the hyphen of a name is not read.
Expansion file_name(const RuleMatch& m, const Neighbours&, const Language& language) {
  return address_in_words(m[0], language, {false, false});
}

// "192.168.1.10:8000".
Expansion ip_address(const RuleMatch& m, const Neighbours&, const Language& language) {
  static const std::regex thousands(R"(\d{1,3}(\.\d{3}){3})");
  const bool large = std::regex_match(m[0], thousands) && m[0].substr(m[0].size() - 3) == "000";
  if (large) return std::nullopt;  // "2.300.000.000"
  return address_in_words(m[0], language, {true, true});
}

// "Node.js", ".NET".
Expansion library(const RuleMatch& m, const Neighbours&, const Language& language) {
  return m[1] + (m[1].empty() ? "" : " ") + language.words.dot + " " +
         (m[2] == "NET" ? "net" : spelled(m[2]));
}

// "TTSS_2026", "snake_case".
Expansion identifier(const RuleMatch& m, const Neighbours&, const Language& language) {
  return address_in_words(m[0], language, {});
}

Expansion handle(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.at + " " + address_in_words(m[1], language, {});
}

Expansion hashtag(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.words.hashtag + " " + address_in_words(m[1], language, {});
}

}  // namespace

std::vector<Rule> address_rules(const Language&) {
  const std::string host =
      R"([\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?(?:\.[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?)*)";
  const std::string known =
      R"(\.(?:(?:com|co|org|net|ac|gov|edu)\.[a-z]{2}|com|org|net|edu|gov|info|io|ai|app|dev|tv|fm|)"
      R"(co\.uk|de|nl|be|at|ch|eu|fr|uk|es|it(?=/)|us(?=/)|me(?=/))(?![\p{L}\d]))";
  const std::string path = R"((?::\d{2,5})?(?:[/?][^\s<>"]*[^\s<>".,;:!?)'])?/?)";
  const std::string extensions =
      "(?:txt|pdf|docx?|xlsx?|pptx?|odt|rtf|jpe?g|png|gif|svg|bmp|webp|mp[34]|wav|ogg|flac|avi|mkv|"
      "mov|zip|tar|gz|7z|rar|html?|css|xml|json|jsonl|ya?ml|toml|ini|cfg|conf|csv|tsv|md|rst|tex|"
      "cpp|"
      "hpp|py|ipynb|js|ts|tsx|jsx|rs|rb|sh|bat|exe|dll|dmg|iso|apk|sql|log|bak|pem|srt|vtt)";
  return {
      {"e-mail",
       "ld",
       R"((?:mailto:)?[\p{L}\d](?:[\p{L}\d._%+'-]*)@)" + host + R"(\.\p{L}{2,})",
       address},
      {"web address", "l", R"((?:https?|ftp)://)" + host + path, address},
      {"file address", "l", R"(file://[^\s<>"]*[^\s<>".,;:!?)'])", address},
      {"web address", "l", R"(www\.)" + host + path, address},
      {"library", "l", R"((Node|Vue|Next|React|Express|Three|D3|Nuxt)\.(js|ts))", library},
      {"library", "s", R"((?<![\p{L}\d])()\.(NET)(?!\p{L}))", library},
      {"file name",
       "ld",
       R"([\p{L}\d_-]{1,60}(?:\.[\p{L}\d_-]{1,20}){0,2}\.)" + extensions +
           R"((?![\p{L}\d]|\.\p{L}))",
       file_name},
      {"file name", "l", R"(a\.out(?!\p{L}))", file_name},
      {"web address",
       "ld",
       R"([\p{L}\d](?:[\p{L}\d-]{0,60}\.){0,3}?[\p{L}\d-]{0,60})" + known + path,
       address},
      {"local address", "l", R"(localhost(?::\d{2,5}))" + path, address},
      {"IP address",
       "d",
       R"(\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)(?:/\d{1,2}(?!\d)|)" + path + ")",
       ip_address},
      {"Windows path",
       "l",
       R"((?<![\p{L}\d])\p{L}:\\(?:[^\s<>"|?*]*[^\s<>"|?*.,;:!)'\\])?)",
       address},
      {"path", "s", R"((?<![\p{L}\d<./])~?(?:/[\p{L}\d_.-]*[\p{L}\d_-]){2,}/?)", address},
      {"identifier",
       "l",
       R"((?<![\p{L}\d_])\p{L}[\p{L}\d]*(?:_[\p{L}\d]+){1,8}(?![\p{L}\d_]))",
       identifier},
      {"handle",
       "s",
       R"((?<![\p{L}\d])@([\p{L}_][\p{L}\d_]{0,40}(?:\.[a-z]{2,3}(?!\p{L}))?))",
       handle},
      {"hashtag", "s", R"((?<![\p{L}\d])#([\p{L}_][\p{L}\d_]{1,60}))", hashtag},
  };
}

}  // namespace tts
