// Capital letters that are joined to something.
#include "text/normalise/rules/rules.h"

namespace tts {
namespace {

// "AT&T", "R&D".
Expansion joined_letters(const RuleMatch& m, const Neighbours&, const Language& language) {
  return spelled(m[1]) + " " + language.words.and_ + " " + spelled(m[2]);
}

// "C#".
Expansion sharp(const RuleMatch&, const Neighbours&, const Language&) {
  return "sharp";
}

// "C++".
Expansion plus_plus(const RuleMatch&, const Neighbours&, const Language& language) {
  return language.words.plus + " " + language.words.plus;
}

// "rc1", "mp3": letters that nobody can say.
Expansion consonants(const RuleMatch& m, const Neighbours&, const Language&) {
  return spelled(m[0]);
}

}  // namespace

std::vector<Rule> capital_rules(const Language&) {
  return {{"joined letters", "l", R"((\p{Lu}{1,3})&(\p{Lu}{1,3})(?!\p{L}))", joined_letters},
          {"consonants", "l", R"((?<!\p{L})[b-df-hj-np-tv-xz]{2,4}(?=\d))", consonants},
          {"sharp", "s", R"((?<=\p{L})#(?!\p{L}))", sharp},
          {"plus plus", "s", R"((?<=\p{L})\+\+(?![\p{L}\d]))", plus_plus}};
}

}  // namespace tts
