#include "core/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/error.h"
#include "core/write_all.h"

namespace tts {
namespace {

std::string unused_name(const std::string& path) {
  static std::atomic<unsigned> count{0};
  return path + "." + std::to_string(getpid()) + "-" + std::to_string(count++) + ".tmp";
}

// A rename survives a power cut only once its folder is on the disk too. Best effort.
void sync_folder_of(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  fsync(file);
  close(file);
}

}  // namespace

AtomicFile::AtomicFile(std::string path) : path_(std::move(path)), temporary_(unused_name(path_)) {
  file_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_ < 0) fail_with_reason("cannot be written");
}

AtomicFile::~AtomicFile() {
  if (file_ < 0) return;
  close(file_);
  unlink(temporary_.c_str());
}

void AtomicFile::write(const void* data, size_t bytes) {
  if (!write_all(file_, {static_cast<const char*>(data), bytes}))
    fail_with_reason("cannot be written");
}

void AtomicFile::commit() {
  if (fsync(file_) != 0 && errno != EINVAL) fail_with_reason("cannot be written");
  if (rename(temporary_.c_str(), path_.c_str()) != 0)
    fail_with_reason("cannot be renamed into place");
  close(file_);
  file_ = -1;
  sync_folder_of(path_);
}

void AtomicFile::fail_with_reason(const char* what) const {
  fail(ErrorCode::kOutput, path_, ": ", what, " (", std::strerror(errno), ")");
}

}  // namespace tts
