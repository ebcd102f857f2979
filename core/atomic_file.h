// A file that appears whole or not at all: written under a temporary name in the same folder, then
// renamed over the old one.
#pragma once
#include <cstddef>
#include <string>

namespace tts {

class AtomicFile {
 public:
  // Throws Error(kOutput) when the folder does not exist or cannot be written.
  explicit AtomicFile(std::string path);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();  // removes what was not committed

  // Throws Error(kOutput) naming the file and the reason, e.g. a full disk.
  void write(const void* data, size_t bytes);
  void write(const std::string& bytes) { write(bytes.data(), bytes.size()); }

  // Flushes to the disk and renames. After this the file is there.
  void commit();

 private:
  [[noreturn]] void fail_with_reason(const char* what) const;
  std::string path_, temporary_;
  int file_ = -1;
};

}  // namespace tts
