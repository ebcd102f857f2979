#pragma once
#include "core/error.h"

namespace tts {

// The text has nothing to speak: bad input that callers often want to tell from the rest.
class EmptyText : public Error {
 public:
  EmptyText() : Error(ErrorCode::kInput, "there is no text to speak") {}
};

}  // namespace tts
