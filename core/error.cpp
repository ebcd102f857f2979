#include "core/error.h"

namespace tts {

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::kUsage:
      return 2;
    case ErrorCode::kVoice:
      return 3;
    case ErrorCode::kInput:
    case ErrorCode::kOutput:
      return 4;
    case ErrorCode::kCancelled:
      return 130;
    case ErrorCode::kInternal:
      return 1;
  }
  return 1;
}

}  // namespace tts
