// Clean text → items to speak: numbers, dates, abbreviations … in words.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/text_types.h"
#include "text/items.h"
#include "text/lexicon.h"
#include "text/normalise/language.h"
#include "text/unicode.h"

namespace tts {

class RuleSet;

class Normaliser {
 public:
  // `language`: as for espeak-ng, "en-us".
  explicit Normaliser(const std::string& language);
  ~Normaliser();
  // Entries that Lexicon::match finds go before every rule. Skipped characters and unknown markup
  // are reported in `warnings`. Thread-safe.
  std::vector<Item> run(const CleanText& clean,
                        const Lexicon& lexicon,
                        std::vector<TextWarning>& warnings) const;

 private:
  std::string code_;
  const Language& language_;
  std::unique_ptr<RuleSet> rules_;
};

}  // namespace tts
