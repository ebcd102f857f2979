#include "text/homographs.h"

namespace tts {
std::string homograph_ipa(const std::vector<std::string>&, size_t, const std::string&) {
  return "";
}
}  // namespace tts
