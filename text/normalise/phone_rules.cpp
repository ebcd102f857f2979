#include "text/normalise/rules.h"
namespace tts {
std::vector<Rule> phone_rules(const Language&) {
  return {};
}
}  // namespace tts
