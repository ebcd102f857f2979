// What the module notes: to stderr, which speech-dispatcher keeps in the module's log, and to a
// file where DEBUG asks for one.
#pragma once
#include <fstream>
#include <mutex>
#include <string>

namespace tts {

class ModuleLog {
 public:
  // speech-dispatcher's: 1 errors, 2 warnings, … 5 everything.
  void set_level(int level);
  // False when the file cannot be written. "" ends it.
  bool set_file(const std::string& path);
  void note(int level, const std::string& message);

 private:
  std::mutex mutex_;
  int level_ = 2;
  std::ofstream file_;
};

}  // namespace tts
