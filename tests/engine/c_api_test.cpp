// What the C program (c_api_program.c) cannot reach: failures inside the library, and the C++
// wrapper.
#include <stdexcept>
#include <thread>

#include "engine/c_api_guard.h"
#include "tests/engine/helpers.h"
#include "tests/test.h"
#include "tts/tts.hpp"

using namespace tts;

TEST_CASE("C API: every exception becomes a status and a sentence") {
  const auto thrown = [](auto exception) {
    return guard([&]() -> tts_status { throw exception; });
  };
  CHECK(thrown(std::bad_alloc()) == TTS_FAILED);
  CHECK(std::string(tts_last_error()) == "out of memory");
  CHECK(thrown(std::runtime_error("x")) == TTS_FAILED);
  CHECK(std::string(tts_last_error()) == "internal error: x");
  CHECK(thrown(3) == TTS_FAILED);
  CHECK(thrown(EmptyText()) == TTS_EMPTY);
  CHECK(thrown(Error(ErrorCode::kUsage, "u")) == TTS_BAD_USE);
  CHECK(thrown(Error(ErrorCode::kVoice, "v")) == TTS_BAD_VOICE);
  CHECK(thrown(Error(ErrorCode::kInput, "i")) == TTS_BAD_INPUT);
  CHECK(thrown(Error(ErrorCode::kOutput, "o")) == TTS_FAILED);
  CHECK(thrown(Error(ErrorCode::kInternal, "b")) == TTS_FAILED);
  CHECK(thrown(Error(ErrorCode::kCancelled, "c")) == TTS_CANCELLED);
  CHECK(std::string(tts_last_error()) == "c");
}

TEST_CASE("C API: the C++ wrapper speaks and throws") {
  const api::Voice voice("dummy");
  CHECK(contains_text(voice.info(), "vibrato"));
  api::Request request(voice, {{"seed", "3"}});
  CHECK(request.seed() == 3);
  request.push("[[aaa]]");
  request.finish();
  size_t samples = 0;
  while (const tts_event* event = request.next()) samples += event->audio_count;
  CHECK(samples > 5000);
  CHECK(request.next() == nullptr);
  try {
    api::Voice("no such voice");
    FAIL("opened");
  } catch (const api::Failure& failure) {
    CHECK(failure.status() == TTS_BAD_VOICE);
    CHECK(contains_text(failure.what(), "no such voice"));
  }
}

TEST_CASE("C API: another thread cancels a waiting request") {
  const api::Voice voice("dummy");
  api::Request request(voice);
  for (int i = 0; i < 2000; ++i) request.push("[[aaa]]. ");
  request.finish();
  std::thread other([&] { request.cancel(); });
  CHECK_THROWS_AS(
      [&] {
        while (request.next() != nullptr) {
        }
      }(),
      api::Failure);
  other.join();
}

TEST_CASE("C API: the C++ wrapper takes a text in pieces") {
  const api::Voice voice("dummy");
  api::Request request(voice, {{"seed", "3"}});
  CHECK(request.next() == nullptr);
  CHECK(!request.ended());
  request.push("[[aaa]].\n");
  size_t samples = 0;
  while (const tts_event* event = request.next()) samples += event->audio_count;
  CHECK(samples > 4000);
  CHECK(request.next_within(std::chrono::milliseconds(1)) == nullptr);
  CHECK(!request.ended());
  request.finish();
  while (request.next() != nullptr) continue;
  CHECK(request.ended());
}
