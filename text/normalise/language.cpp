#include "text/normalise/language.h"

#include "text/symbols.h"

namespace tts {

const Language& language_for(std::string_view code) {
  static const Language other;
  const std::string_view family = language_family(code);
  if (family == "en") return english();
  if (family == "de") return german();
  if (family == "nl") return dutch();
  return other;
}

}  // namespace tts
