// A file that appears only when it is complete, or a pipe that takes bytes as they come.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tts {

// Opens `path`. A regular or new file is written under a temporary name beside it (through a
// symbolic link: beside what it points to), which finish() renames over the target; the destructor
// removes what was not finished. "-" is standard output; it, pipes and devices are written in
// place. Every function throws kOutput naming the file and the reason.
class OutputFile {
 public:
  // buffered: bytes for a pipe or device are kept until finish(), so that seek() works there too.
  OutputFile(const std::string& path, bool buffered);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(const void* bytes, size_t count);
  void read_back(void* bytes, size_t count);  // from position(), as far as written
  void seek(int64_t position);
  int64_t position() const { return position_; }
  int64_t length() const { return length_; }
  bool can_seek() const { return buffered_ || !temporary_.empty(); }
  void finish();

 private:
  [[noreturn]] void fail_with(const char* what) const;
  void put(const char* bytes, size_t count);
  void open_temporary();

  std::string path_, name_;  // name_ is for messages
  std::string temporary_;    // empty: written in place
  int descriptor_ = -1;
  bool owned_ = true;  // false for standard output
  bool buffered_ = false;
  std::vector<char> buffer_;
  int64_t position_ = 0, length_ = 0;
};

}  // namespace tts
