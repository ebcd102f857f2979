#include "text/normalise/rules.h"
namespace tts {
std::vector<Rule> unit_rules(const Language&) {
  return {};
}
}  // namespace tts
