#include "engine/log.h"

#include <mutex>

namespace tts {
namespace {

struct Log {
  std::mutex mutex;
  std::function<void(LogLevel, const std::string&)> callback;
};

Log& the_log() {
  static Log log;
  return log;
}

}  // namespace

void set_log(std::function<void(LogLevel, const std::string&)> callback) {
  const std::lock_guard<std::mutex> lock(the_log().mutex);
  the_log().callback = std::move(callback);
}

void log(LogLevel level, const std::string& message) {
  const std::lock_guard<std::mutex> lock(the_log().mutex);
  if (the_log().callback) the_log().callback(level, message);
}

}  // namespace tts
