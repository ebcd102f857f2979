#include "text/normalise/rules.h"
namespace tts {
std::vector<Rule> roman_rules(const Language&) {
  return {};
}
}  // namespace tts
