#include "text/normalise/rules.h"
namespace tts {
std::vector<Rule> money_rules(const Language&) {
  return {};
}
}  // namespace tts
