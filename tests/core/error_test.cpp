#include "core/error.h"

#include "tests/test.h"

using namespace tts;

TEST_CASE("errors carry their code and a sentence put together from parts") {
  try {
    fail(ErrorCode::kInput, "a.wav", ": ", 3, " channels; at most ", 2.5);
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::kInput);
    CHECK(std::string(e.what()) == "a.wav: 3 channels; at most 2.5");
  }
}

TEST_CASE("exit codes are those of the command line's contract") {
  CHECK(exit_code(ErrorCode::kInternal) == 1);
  CHECK(exit_code(ErrorCode::kUsage) == 2);
  CHECK(exit_code(ErrorCode::kVoice) == 3);
  CHECK(exit_code(ErrorCode::kInput) == 4);
  CHECK(exit_code(ErrorCode::kOutput) == 4);
  CHECK(exit_code(ErrorCode::kCancelled) == 130);
}
