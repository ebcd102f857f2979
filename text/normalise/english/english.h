// The files of this folder for one another.
#pragma once
#include "text/normalise/language.h"
#include "text/normalise/rules/rules.h"

namespace tts {

// Words, abbreviations and names; without the functions of grammar and without rules.
Language english_tables();
std::map<std::string, Abbreviation> english_abbreviations();
std::map<std::string, Unit> english_units();
std::map<std::string, Currency> english_currencies();
const WordTable& english_states();  // CA → California
std::vector<Rule> english_rules(RuleGroup group);
std::vector<Rule> english_date_rules();
std::vector<Rule> english_time_rules();
std::vector<Rule> english_phone_rules();
std::vector<Rule> english_unit_rules();
std::vector<Rule> english_number_rules();
std::vector<Rule> english_fraction_rules();

}  // namespace tts
