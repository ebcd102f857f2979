#include "text/normalise/capitals.h"

#include <unicode/uchar.h>

#include "text/normalise/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr int kLongestSpelled = 3;  // unknown acronyms up to this length are spelled
constexpr int kMostConsonants = 3;  // in a row, in a word that can be said

bool is_all_capitals(const icu::UnicodeString& word) {
  int letters = 0;
  for (int32_t i = 0; i < word.length(); i = word.moveIndex32(i, 1)) {
    const UChar32 c = word.char32At(i);
    if (u_islower(c)) return false;
    letters += u_isupper(c);
  }
  return letters >= 2;
}

bool is_pronounceable(const icu::UnicodeString& word) {
  int consonants = 0, vowels = 0;
  for (int32_t i = 0; i < word.length(); ++i) {
    const bool vowel = icu::UnicodeString(u"AEIOUYÄÖÜÉÈËÏÁÓÍ").indexOf(word[i]) >= 0;
    consonants = vowel || word[i] == '-' ? 0 : consonants + 1;
    vowels += vowel;
    if (consonants > kMostConsonants) return false;
  }
  return vowels * 5 >= word.length();
}

// A neighbour in capitals that is no acronym: the whole line is shouted.
bool is_shouted(const std::string& neighbour, const Language& language) {
  const icu::UnicodeString word = from_utf8(neighbour);
  return is_all_capitals(word) && !language.spelled_acronyms.count(neighbour) &&
         !language.spoken_acronyms.count(neighbour) &&
         (word.length() > kLongestSpelled || language.capital_words.count(neighbour));
}

// "AT&T", "R&D".
Expansion joined_letters(const RuleMatch& m, const Neighbours&, const Language& language) {
  return spelled(m[1]) + " " + language.words.and_ + " " + spelled(m[2]);
}

Expansion sharp(const RuleMatch&, const Neighbours&, const Language&) {
  return "sharp";
}

}  // namespace

std::vector<Rule> capital_rules(const Language&) {
  return {{"joined letters", "l", R"((\p{Lu}{1,3})&(\p{Lu}{1,3})(?!\p{L}))", joined_letters},
          {"sharp", "s", R"((?<=\p{L})#(?!\p{L}))", sharp}};
}

std::optional<std::string> capitals_in_words(const std::string& written,
                                             const Neighbours& around,
                                             const Language& language) {
  icu::UnicodeString word = from_utf8(written);
  if (word.length() > 3 && word.endsWith(u"'s", 2)) {  // FBI's, NASA's, Dutch CD's
    const std::string stem = to_utf8(word.tempSubString(0, word.length() - 2));
    const auto words = capitals_in_words(stem, around, language);
    if (words) return *words + "'s";
  }
  if (word.length() > 2 && word.endsWith(u"s", 1)) {  // CDs
    const icu::UnicodeString stem = word.tempSubString(0, word.length() - 1);
    if (is_all_capitals(stem) && !is_pronounceable(stem)) {
      return spelled(to_utf8(stem)) + "s";
    }
  }
  if (!is_all_capitals(word)) return std::nullopt;
  if (language.spelled_acronyms.count(written)) return spelled(written);
  if (language.spoken_acronyms.count(written) || language.capital_words.count(written)) {
    return lower_case(written);
  }
  const bool shouted =
      is_shouted(around.before_written, language) || is_shouted(around.after, language);
  if (shouted && is_pronounceable(word)) return lower_case(written);
  const bool compound = word.indexOf(u'-') >= 0 || word.indexOf(u'\'') >= 0;
  if (!compound && (word.length() <= kLongestSpelled || !is_pronounceable(word))) {
    return spelled(written);
  }
  return lower_case(written);
}

}  // namespace tts
