// What became of a call of the C API, and the sentence about it.
#include <string>

#include "engine/c_api_guard.h"

namespace tts {
namespace {

thread_local std::string last_sentence;

}  // namespace

tts_status status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kUsage:
      return TTS_BAD_USE;
    case ErrorCode::kVoice:
      return TTS_BAD_VOICE;
    case ErrorCode::kInput:
      return TTS_BAD_INPUT;
    case ErrorCode::kCancelled:
      return TTS_CANCELLED;
    case ErrorCode::kOutput:
    case ErrorCode::kInternal:
      return TTS_FAILED;
  }
  return TTS_FAILED;
}

tts_status remember(tts_status status, const char* sentence, const char* detail) noexcept {
  try {
    last_sentence = sentence;
    last_sentence += detail;
  } catch (...) {
    last_sentence.clear();
  }
  return status;
}

}  // namespace tts

const char* tts_last_error(void) {
  return tts::last_sentence.c_str();
}

const char* tts_status_text(tts_status status) {
  static const char* const texts[] = {"success",
                                      "nothing follows",
                                      "the text has nothing to speak",
                                      "cancelled",
                                      "wrong use",
                                      "the voice cannot be used",
                                      "the input cannot be used",
                                      "the library failed",
                                      "no event yet"};
  const auto index = static_cast<size_t>(status);
  return index < sizeof(texts) / sizeof(texts[0]) ? texts[index] : "unknown status";
}
