// The entry of a libFuzzer program, which has one target. What gets out of it ends the program, and
// libFuzzer keeps the input.
#include <cstdint>

#include "tests/fuzz/fuzz.h"

extern "C" __attribute__((visibility("default"))) int LLVMFuzzerTestOneInput(const uint8_t* data,
                                                                             size_t size) {
  tts::fuzz::execute(tts::fuzz::targets().front(), {reinterpret_cast<const char*>(data), size});
  return 0;
}
