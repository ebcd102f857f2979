// The files of this folder for one another.
#pragma once
#include "text/normalise/language.h"
#include "text/normalise/rules/rules.h"

namespace tts {

// Words, abbreviations and names; without the functions of grammar and without rules.
Language german_tables();
std::map<std::string, Abbreviation> german_abbreviations();
std::map<std::string, Unit> german_units();
std::map<std::string, Currency> german_currencies();
// Forms of der, ein, dieser, mein … and prepositions with an article: words before "3." that make
// it an ordinal.
Words german_ordinal_cues();
// With the ending that article and noun ask for: dritte, dritten, dritter, drittes.
std::string german_ordinal(int64_t n, const Neighbours& around);
std::vector<Rule> german_rules(RuleGroup group);

}  // namespace tts
