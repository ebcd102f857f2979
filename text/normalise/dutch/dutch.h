// The files of this folder for one another.
#pragma once
#include "text/normalise/language.h"
#include "text/normalise/rules/rules.h"

namespace tts {

// Words, abbreviations and names; without the functions of grammar and without rules.
Language dutch_tables();
std::map<std::string, Abbreviation> dutch_abbreviations();
std::map<std::string, Unit> dutch_units();
std::map<std::string, Currency> dutch_currencies();
// ICU's words with a soft hyphen between all parts.
std::string dutch_number(const std::string& rules, int64_t n);
std::vector<Rule> dutch_rules(RuleGroup group);

}  // namespace tts
