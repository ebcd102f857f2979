// What the engine has to tell its developer: to a callback, never to a stream.
#pragma once
#include <functional>
#include <string>

namespace tts {

enum class LogLevel { kDebug = 0, kInfo = 1, kWarning = 2 };

// Replaces the callback; an empty one silences. It may be called from any thread, one call at a
// time.
void set_log(std::function<void(LogLevel, const std::string&)> callback);

void log(LogLevel level, const std::string& message);

}  // namespace tts
