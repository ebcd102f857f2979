#include "server/byte_pipe.h"

#include "core/error.h"
#include "core/stop.h"

namespace tts {

void BytePipe::write(std::string_view bytes) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [&] { return abandoned_ || bytes_.size() <= limit_; });
  if (abandoned_) fail_cancelled();
  bytes_ += bytes;
  changed_.notify_all();
}

void BytePipe::finish() {
  fail(std::exception_ptr());
}

void BytePipe::fail(std::exception_ptr error) {
  const std::lock_guard<std::mutex> lock(mutex_);
  ended_ = true;
  error_ = std::move(error);
  changed_.notify_all();
}

BytePipe::Read BytePipe::read(std::string& bytes, std::chrono::milliseconds wait) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (!changed_.wait_for(lock, wait, [&] { return readable(); })) return Read::kNothingYet;
  bytes = std::move(bytes_);
  bytes_.clear();
  changed_.notify_all();
  if (!bytes.empty()) return Read::kBytes;
  if (error_) std::rethrow_exception(error_);
  return Read::kEnd;
}

bool BytePipe::ready(std::chrono::milliseconds wait) {
  std::unique_lock<std::mutex> lock(mutex_);
  return changed_.wait_for(lock, wait, [&] { return readable(); });
}

void BytePipe::abandon() {
  const std::lock_guard<std::mutex> lock(mutex_);
  abandoned_ = true;
  changed_.notify_all();
}

}  // namespace tts
