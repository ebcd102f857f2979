#include "speech_dispatcher/module_log.h"

#include <cstdio>

namespace tts {

void ModuleLog::set_level(int level) {
  const std::lock_guard<std::mutex> lock(mutex_);
  level_ = level;
}

bool ModuleLog::set_file(const std::string& path) {
  const std::lock_guard<std::mutex> lock(mutex_);
  file_ = std::ofstream();
  if (!path.empty()) file_.open(path, std::ios::app);
  return path.empty() || file_.good();
}

void ModuleLog::note(int level, const std::string& message) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (file_.is_open()) file_ << message << std::endl;
  if (level <= level_) std::fprintf(stderr, "%s\n", message.c_str());
}

}  // namespace tts
