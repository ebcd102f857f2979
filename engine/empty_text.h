#pragma once
#include <string_view>

#include "core/error.h"

namespace tts {

inline bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

// The text has nothing to speak: bad input that callers often want to tell from the rest.
class EmptyText : public Error {
 public:
  explicit EmptyText(const char* why = "there is no text to speak")
      : Error(ErrorCode::kInput, why) {}
};

}  // namespace tts
