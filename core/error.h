// The one exception type of the engine. It stops at the C API, where its code becomes a status.
#pragma once
#include <sstream>
#include <stdexcept>
#include <string>

namespace tts {

// Also the CLI's exit code (see exit_code).
enum class ErrorCode {
  kUsage,      // a wrong option, flag or argument of the caller
  kVoice,      // a voice, codec or weight file that is missing, damaged or does not fit
  kInput,      // text, audio or token input that cannot be used
  kOutput,     // an output that cannot be written
  kCancelled,  // the caller cancelled
  kInternal,   // a bug in the engine
};

// `what()` is a sentence that names the file, key, value and choices, and says what to do.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const { return code_; }

 private:
  ErrorCode code_;
};

// 0 done, 1 some items failed, 2 usage, 3 voice or model, 4 input or output, 130 interrupted.
int exit_code(ErrorCode code);

// fail(ErrorCode::kVoice, path, ": tensor \"", name, "\" is missing")
template <typename... Parts>
[[noreturn]] void fail(ErrorCode code, const Parts&... parts) {
  std::ostringstream message;
  (message << ... << parts);
  throw Error(code, message.str());
}

}  // namespace tts
