// What the date rules of the languages share.
#pragma once
#include "text/normalise/rules/rules.h"

namespace tts {

// 24 → 2024, 76 → 1976; 0 for none.
int64_t full_year(const std::string& digits);
// 0 for none.
int64_t month_number(const std::string& name, const Language& language);
// Nothing for a date that is none. A day or a year of 0 was not written.
Expansion checked_date(
    int64_t day, int64_t month, int64_t year, const Neighbours& around, const Language& language);

// Groups 1 to 3: year, month, day.
Expansion year_first_date(const RuleMatch&, const Neighbours&, const Language&);
// Groups 1 to 3: day, month, year.
Expansion day_first_date(const RuleMatch&, const Neighbours&, const Language&);
// Groups 1 to 3: day, the month's name, year.
Expansion named_date(const RuleMatch&, const Neighbours&, const Language&);
// Groups 1 and 2: the month's name, year.
Expansion month_and_year(const RuleMatch&, const Neighbours&, const Language&);

}  // namespace tts
