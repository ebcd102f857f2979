#include "text/normalise/spoken_words.h"

#include <algorithm>

#include "text/normalise/rules/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

constexpr int32_t kLongestWord = 60;  // a longer one is noise, and is spoken in pieces

const std::string kSoftHyphen = "\u00AD";

std::string without(std::string text, const std::string& part) {
  for (size_t at = 0; (at = text.find(part, at)) != text.npos;) text.erase(at, part.size());
  return text;
}

// The parts of a long number with hyphens, "zwei-tausend", which espeak-ng reads well; but Dutch
// "vierentwintig" in one piece. Empty when the word has no parts.
std::string respelled(std::string word) {
  if (word.find(kSoftHyphen) == word.npos) return "";
  for (const char* joint : {"en", "ën"}) {
    const std::string marked = kSoftHyphen + joint + kSoftHyphen;
    for (size_t at = 0; (at = word.find(marked, at)) != word.npos;)
      word.replace(at, marked.size(), joint);
  }
  for (size_t at = 0; (at = word.find(kSoftHyphen, at)) != word.npos;)
    word.replace(at, kSoftHyphen.size(), "-");
  const std::string article = "-een";  // in a number it is "één"
  const bool one = word.size() > article.size() &&
                   word.compare(word.size() - article.size(), article.size(), article) == 0;
  return one ? word.substr(0, word.size() - 3) + "één" : word;
}

// A letter's name; with the s of "CDs".
std::string letter_in_ipa(const std::string& letter, const Language& language) {
  const bool plural = letter.size() > 1 && letter.back() == 's';
  const auto ipa =
      language.letter_ipa.find(plural ? letter.substr(0, letter.find_first_of("'s")) : letter);
  if (ipa == language.letter_ipa.end()) return "";
  if (!plural) return ipa->second;
  return language.plural_letter(ipa->first, ipa->second);
}

}  // namespace

std::vector<SpokenWord> spoken_words(const std::string& expansion, const Language& language) {
  std::vector<SpokenWord> out;
  for (size_t begin = 0; begin < expansion.size();) {
    const size_t end = std::min(expansion.find(' ', begin), expansion.size());
    std::string word = expansion.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty()) continue;
    SpokenWord spoken;
    if (word[0] == kLetterMark) {
      word.erase(0, 1);
      spoken.ipa = letter_in_ipa(word, language);
    }
    spoken.respelling = respelled(word);
    spoken.text = without(word, kSoftHyphen);
    out.push_back(std::move(spoken));
  }
  return out;
}

std::vector<SpokenWord> as_written(const std::string& text) {
  std::vector<SpokenWord> out;
  const icu::UnicodeString letters = from_utf8(text);
  for (int32_t i = 0, end; i < letters.length(); i = end) {
    SpokenWord word;
    end = std::min(i + kLongestWord, letters.length());
    if (end < letters.length()) end = letters.getChar32Start(end);
    word.text = to_utf8(letters.tempSubStringBetween(i, end));
    out.push_back(std::move(word));
  }
  return out;
}

}  // namespace tts
