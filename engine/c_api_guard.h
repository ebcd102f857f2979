// What stands between C++ and the C API: exceptions become statuses, sentences are kept per thread.
#pragma once
#include <exception>
#include <new>

#include "core/error.h"
#include "engine/empty_text.h"
#include "tts/tts.h"

namespace tts {

tts_status status_of(ErrorCode code);

// Keeps the sentence for tts_last_error and gives the status back; "" where nothing failed.
tts_status remember(tts_status status, const char* sentence, const char* detail = "") noexcept;

inline void require(bool holds, const char* sentence) {
  if (!holds) fail(ErrorCode::kUsage, sentence);
}

// Runs `body` (→ TTS_OK, TTS_END or TTS_PENDING); nothing gets out.
template <typename Body>
tts_status guard(Body body) noexcept {
  try {
    return remember(body(), "");
  } catch (const EmptyText& e) {
    return remember(TTS_EMPTY, e.what());
  } catch (const Error& e) {
    return remember(status_of(e.code()), e.what());
  } catch (const std::bad_alloc&) {
    return remember(TTS_FAILED, "out of memory");
  } catch (const std::exception& e) {
    return remember(TTS_FAILED, "internal error: ", e.what());
  } catch (...) {
    return remember(TTS_FAILED, "internal error of unknown kind");
  }
}

}  // namespace tts
