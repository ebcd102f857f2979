#include "text/normalise/lexicon_words.h"

#include <algorithm>

#include "core/ends_with.h"

namespace tts {
namespace {

constexpr size_t kShortestStem = 3;  // "bus" is no plural of "bu"

}  // namespace

std::string ipa_in_lexicon(const std::string& word,
                           const Lexicon& lexicon,
                           const std::string& code,
                           const Language& language) {
  const std::string ipa = lexicon.find(word, code);
  if (!ipa.empty() || !language.with_s) return ipa;
  for (const std::string ending : {"'s", "'", "s"}) {
    const size_t stem = word.size() - std::min(word.size(), ending.size());
    if (stem < (ending == "s" ? kShortestStem : 1) || !ends_with(word, ending)) continue;
    const std::string of_stem = lexicon.find(word.substr(0, stem), code);
    if (!of_stem.empty()) return ending == "'" ? of_stem : language.with_s(of_stem);
  }
  return "";
}

bool has_part_in_lexicon(const std::string& word,
                         const Lexicon& lexicon,
                         const std::string& code,
                         const Language& language) {
  for (size_t begin = 0; begin < word.size();) {
    const size_t end = std::min(word.find('-', begin), word.size());
    if (!ipa_in_lexicon(word.substr(begin, end - begin), lexicon, code, language).empty())
      return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace tts
