// What to take for a phone that a network has not learnt.
#pragma once
#include <string>
#include <vector>

namespace tts {

// Phones to take instead of one, nearest first, e.g. "ʁ" → "ɹ", "x"; empty when there is none.
std::vector<std::string> near_phones(const std::string& phone);

}  // namespace tts
