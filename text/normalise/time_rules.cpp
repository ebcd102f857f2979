#include "text/normalise/rules.h"
namespace tts {
std::vector<Rule> time_rules(const Language&) {
  return {};
}
}  // namespace tts
