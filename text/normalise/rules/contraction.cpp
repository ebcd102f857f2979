// Short forms with slashes, compounds that end in one.
#include "text/normalise/rules/rules.h"
#include "text/unicode.h"

namespace tts {
namespace {

// "w/o", "t/m".
Expansion slashed(const RuleMatch& m, const Neighbours&, const Language& language) {
  return language.slashed_abbreviations.at(lower_case(m[1]));
}

// "he/she".
Expansion alternative(const RuleMatch&, const Neighbours&, const Language& language) {
  return language.words.or_;
}

// "Kerkstr.", "Goethepl.", "Hausnr.".
Expansion compound(const RuleMatch& m, const Neighbours&, const Language& language) {
  for (const auto& [ending, full] : language.suffixes) {
    const size_t size = ending.size();
    if (m[1].size() > size && m[1].compare(m[1].size() - size, size, ending) == 0)
      return m[1].substr(0, m[1].size() - size) + full;
  }
  return std::nullopt;
}

// "Handy-Nr.": the last part of a word with hyphens.
Expansion hyphenated(const RuleMatch& m, const Neighbours&, const Language& language) {
  const auto found = language.abbreviations.find(lower_case(m[2]) + ".");
  return found == language.abbreviations.end() ? std::nullopt
                                               : Expansion(m[1] + " " + found->second.spoken);
}

}  // namespace

std::vector<Rule> contraction_rules(const Language&) {
  return {
      {"slashed", "l", R"((?<![\p{L}\d/])((?i:{SLASHED}))(?!/|(?<!/)[\p{L}\d]))", slashed},
      {"alternative", "s", R"((?<=(?<![\p{L}/])(?i:{OR}))/(?=(?i:{OR})(?![\p{L}/])))", alternative},
      {"compound", "l", R"((\p{Lu}[\p{L}-]*\p{L})\.)", compound},
      {"compound", "l", R"((\p{L}{2,20})-(\p{L}{2,6})\.)", hyphenated},
  };
}

}  // namespace tts
