#include "text/normalise/language.h"
namespace tts {
const Language& german() {
  static const Language language;
  return language;
}
}  // namespace tts
