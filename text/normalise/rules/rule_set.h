// The rules of a language, compiled once and matched many times.
#pragma once
#include <unicode/regex.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "text/normalise/rules/rules.h"

namespace tts {

struct RuleHit {
  const char* rule = nullptr;  // its name
  int32_t end = 0;             // where the match ends in the text
  std::string spoken;          // as Expansion
};

class RuleSet {
 public:
  explicit RuleSet(const Language& language);
  const Language& language() const { return language_; }

 private:
  friend class RuleRun;
  struct Compiled {
    Rule rule;
    std::unique_ptr<icu::RegexPattern> pattern;
  };
  const Language& language_;
  std::vector<Compiled> rules_;
};

// The rules on one text; for one thread.
class RuleRun {
 public:
  RuleRun(const RuleSet& rules, const icu::UnicodeString& text);
  // The first rule that applies at `at` among those for this kind of character (see
  // Rule::starts_with).
  std::optional<RuleHit> match(int32_t at, char kind);

 private:
  struct Matcher {
    const Rule* rule;
    std::unique_ptr<icu::RegexMatcher> matcher;
  };
  const Language& language_;
  const icu::UnicodeString& text_;
  std::vector<Matcher> matchers_;
};

// The words before and after [begin, end) in the text.
Neighbours neighbours_of(const icu::UnicodeString& text, int32_t begin, int32_t end);

}  // namespace tts
