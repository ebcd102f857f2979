#include "text/normalise/capitals.h"

#include <unicode/uchar.h>

#include "text/normalise/rules/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr int kLongestSpelled = 3;  // unknown acronyms up to this length are spelled
constexpr int kMostConsonants = 3;  // in a row, in a word that can be said
const icu::UnicodeString kVowels(u"AEIOUYÄÖÜÉÈËÏÁÓÍ");

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
    const bool vowel = kVowels.indexOf(word[i]) >= 0;
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

// Whether the consonants about the vowels are ones that words begin and end with: no "COPD".
bool has_word_ends(const icu::UnicodeString& word, const Language& language) {
  if (language.codas.empty()) return true;
  const auto is_vowel = [&](int32_t i) { return kVowels.indexOf(word[i]) >= 0; };
  int32_t first = 0, last = word.length();
  while (first < last && !is_vowel(first)) ++first;
  while (last > first && !is_vowel(last - 1)) --last;
  const auto known = [&](const Words& clusters, int32_t begin, int32_t end) {
    for (int32_t i = begin; i + 2 <= end; ++i) {
      if (!clusters.count(lower_case(to_utf8(word.tempSubString(i, 2))))) return false;
    }
    return true;
  };
  return known(language.onsets, 0, first) && known(language.codas, last, word.length());
}

// "AfD", "StGB", "PhD": capitals at both ends and few small letters between. Not "McDONALD".
bool is_mixed_acronym(const icu::UnicodeString& word) {
  const int32_t length = word.length();
  if (length < 3 || length > 5 || !u_isupper(word[0]) || !u_isupper(word[length - 1])) return false;
  int small = 0;
  for (int32_t i = 0; i < length; ++i) {
    if (!u_isalpha(word[i])) return false;
    small += u_islower(word[i]) != 0;
  }
  return small > 0 && small <= 2;
}

// One word in capitals, without hyphens.
std::string capitals_in_word(const std::string& written, bool shouted, const Language& language) {
  const icu::UnicodeString word = from_utf8(written);
  if (language.spelled_acronyms.count(written)) return spelled(written);
  if (language.spoken_acronyms.count(written) || language.capital_words.count(written))
    return lower_case(written);
  const bool sayable = is_pronounceable(word) && has_word_ends(word, language);
  if (shouted && sayable) return lower_case(written);
  if (word.indexOf(u'\'') >= 0) return lower_case(written);
  return word.length() <= kLongestSpelled || !sayable ? spelled(written) : lower_case(written);
}

// "USB-C", "CD-ROM", "WELL-KNOWN": part by part.
std::string compound_in_words(const icu::UnicodeString& word,
                              bool shouted,
                              const Language& language) {
  std::string out;
  for (int32_t begin = 0; begin < word.length();) {
    int32_t end = word.indexOf(u'-', begin);
    if (end < 0) end = word.length();
    const std::string part = to_utf8(word.tempSubStringBetween(begin, end));
    out += (out.empty() ? "" : " ") + capitals_in_word(part, shouted, language);
    begin = end + 1;
  }
  return out;
}

// "CDs" and "LEDs", not "RADARs".
std::optional<std::string> plural_acronym(const icu::UnicodeString& word,
                                          const Language& language) {
  if (word.length() < 3 || !word.endsWith(u"s", 1)) return std::nullopt;
  const icu::UnicodeString stem = word.tempSubString(0, word.length() - 1);
  const std::string letters = to_utf8(stem);
  if (!is_all_capitals(stem) || language.spoken_acronyms.count(letters)) return std::nullopt;
  const bool sayable = is_pronounceable(stem) && has_word_ends(stem, language);
  const bool by_letters =
      language.spelled_acronyms.count(letters) != 0 || stem.length() <= kLongestSpelled || !sayable;
  return by_letters ? std::optional(spelled(letters) + "s") : std::nullopt;
}

}  // namespace

std::optional<std::string> capitals_in_words(const std::string& written,
                                             const Neighbours& around,
                                             const Language& language) {
  icu::UnicodeString word = from_utf8(written);
  if (word.length() > 3 && word.endsWith(u"'s", 2)) {  // FBI's, NASA's, Dutch CD's
    const std::string stem = to_utf8(word.tempSubString(0, word.length() - 2));
    const auto words = capitals_in_words(stem, around, language);
    if (words) return *words + "'s";
  }
  if (const auto words = plural_acronym(word, language)) return words;
  if (is_mixed_acronym(word)) return spelled(written);
  if (!is_all_capitals(word)) return std::nullopt;
  const bool shouted =
      is_shouted(around.before_written, language) || is_shouted(around.after, language);
  if (language.spelled_acronyms.count(written)) return spelled(written);
  return word.indexOf(u'-') >= 0 ? compound_in_words(word, shouted, language)
                                 : capitals_in_word(written, shouted, language);
}

}  // namespace tts
