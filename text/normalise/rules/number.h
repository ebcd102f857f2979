// What the number rules of the languages share.
#pragma once
#include "text/normalise/rules/rules.h"

namespace tts {

bool is_year(const std::string& digits);

// Groups: 1 the number.
Expansion ordinal_number(const RuleMatch&, const Neighbours&, const Language&);
Expansion numbered(const RuleMatch&, const Neighbours&, const Language&);
// Groups 1 and 2: the first page, and the last or nothing.
Expansion page_number(const RuleMatch&, const Neighbours&, const Language&);
// "1.2.3", "3.2".
Expansion version_number(const RuleMatch&, const Neighbours&, const Language&);

}  // namespace tts
