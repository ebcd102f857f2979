// What errors say.
#pragma once
#include <string>

#include "core/error.h"
#include "tests/test.h"

// The sentence of the Error that `body` must throw with `code`.
template <typename Body>
std::string message_of(tts::ErrorCode code, Body body) {
  try {
    body();
  } catch (const tts::Error& e) {
    CHECK_MESSAGE(e.code() == code, e.what());
    return e.what();
  }
  return "nothing was thrown";
}

inline bool contains_text(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}
