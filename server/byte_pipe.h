// Bytes from the worker that speaks to the thread that sends them.
#pragma once
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <string>
#include <string_view>

namespace tts {

class BytePipe {
 public:
  // The writer waits while the reader is more than `limit` bytes behind: a slow client costs no
  // more memory than that.
  explicit BytePipe(size_t limit) : limit_(limit) {}

  // Throws Error(kCancelled) after abandon().
  void write(std::string_view bytes);
  // One of these comes last.
  void finish();
  void fail(std::exception_ptr error);

  enum class Read { kBytes, kEnd, kNothingYet };
  // Waits for bytes, at most so long. Throws what the writer failed with, behind its last bytes.
  Read read(std::string& bytes, std::chrono::milliseconds wait);
  // Whether a read would not wait; `wait` as there.
  bool ready(std::chrono::milliseconds wait);
  // Nobody reads any more.
  void abandon();

 private:
  bool readable() const { return !bytes_.empty() || ended_; }

  const size_t limit_;
  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::string bytes_;
  bool ended_ = false, abandoned_ = false;
  std::exception_ptr error_;
};

}  // namespace tts
