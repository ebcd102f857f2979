#include "text/normalise/language.h"
namespace tts {
const Language& dutch() {
  static const Language language;
  return language;
}
}  // namespace tts
