#include "text/normalise/rules.h"
namespace tts {
std::vector<Rule> address_rules(const Language&) {
  return {};
}
}  // namespace tts
