#include "text/normalise/rules.h"
namespace tts {
std::vector<Rule> date_rules(const Language&) {
  return {};
}
}  // namespace tts
