#include "audio/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "core/error.h"
#include "core/write_all.h"

namespace tts {
namespace fs = std::filesystem;

OutputFile::OutputFile(const std::string& path, bool buffered) : path_(path), name_(path) {
  if (path == "-") {
    name_ = "standard output";
    descriptor_ = STDOUT_FILENO;
    owned_ = false;
    buffered_ = buffered;
    return;
  }
  if (path.empty()) fail(ErrorCode::kOutput, "the name of the file to write is empty");
  std::error_code ignored;
  if (fs::is_symlink(path_, ignored) && fs::exists(path_, ignored)) {
    path_ = fs::canonical(path_, ignored).string();
  }
  struct stat status {};
  if (stat(path_.c_str(), &status) != 0 || S_ISREG(status.st_mode)) {
    open_temporary();
  } else if (S_ISDIR(status.st_mode)) {
    fail(ErrorCode::kOutput, name_, ": is a folder; give the name of a file in it");
  } else {
    buffered_ = buffered;
    descriptor_ = open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail_with("cannot be opened for writing");
  }
}

void OutputFile::open_temporary() {
  static std::atomic<unsigned> counter{0};
  const fs::path target(path_);
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    fail(ErrorCode::kOutput, name_, ": the folder ", folder.string(), " does not exist");
  }
  const std::string stem = target.filename().string().substr(0, 200);  // names hold 255 bytes
  const std::string unique = std::to_string(getpid()) + "-" + std::to_string(counter++);
  const std::string temporary = (folder / ("." + stem + "." + unique + ".tmp")).string();
  descriptor_ = open(temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail_with("cannot be created");
  temporary_ = temporary;
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0 && owned_) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void OutputFile::fail_with(const char* what) const {
  fail(ErrorCode::kOutput, name_, ": ", what, " (", std::strerror(errno), ")");
}

void OutputFile::put(const char* bytes, size_t count) {
  if (!write_all(descriptor_, {bytes, count})) fail_with("cannot be written");
}

void OutputFile::write(const void* bytes, size_t count) {
  const char* begin = static_cast<const char*>(bytes);
  if (buffered_) {
    if (buffer_.size() < position_ + count) buffer_.resize(position_ + count);
    std::copy(begin, begin + count, buffer_.begin() + position_);
  } else {
    put(begin, count);
  }
  position_ += count;
  length_ = std::max(length_, position_);
}

void OutputFile::read_back(void* bytes, size_t count) {
  if (buffered_) {
    std::memcpy(bytes, buffer_.data() + position_, count);
  } else if (pread(descriptor_, bytes, count, position_) != static_cast<ssize_t>(count)) {
    fail_with("cannot be read back");
  }
  seek(position_ + count);
}

void OutputFile::seek(int64_t position) {
  if (!can_seek()) fail(ErrorCode::kInternal, name_, ": cannot seek in a pipe");
  if (!buffered_ && lseek(descriptor_, position, SEEK_SET) < 0) fail_with("cannot be written");
  position_ = position;
}

void OutputFile::finish() {
  if (buffered_) put(buffer_.data(), buffer_.size());
  buffer_.clear();
  if (owned_ && close(std::exchange(descriptor_, -1)) != 0) fail_with("cannot be written");
  if (temporary_.empty()) return;
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail_with("cannot be replaced");
  temporary_.clear();
}

}  // namespace tts
