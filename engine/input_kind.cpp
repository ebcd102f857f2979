#include "engine/input_kind.h"

#include <algorithm>

#include "core/error.h"
#include "core/join.h"

namespace tts {

const std::vector<std::string>& input_kinds() {
  static const std::vector<std::string> names = {
      "plain", "ipa", "ssml", "markdown", "html", "verbatim"};
  return names;
}

const std::string& name_of(InputKind kind) {
  return input_kinds().at(static_cast<size_t>(kind));
}

InputKind input_kind(const std::string& name) {
  const auto& names = input_kinds();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    fail(ErrorCode::kUsage, "unknown kind of input \"", name, "\"; known: ", join(names));
  return static_cast<InputKind>(found - names.begin());
}

}  // namespace tts
