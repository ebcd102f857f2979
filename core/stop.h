// How a computation of many steps learns in the middle that nobody wants its result.
#pragma once
#include <atomic>

#include "core/error.h"

namespace tts {

[[noreturn]] inline void fail_cancelled() {
  fail(ErrorCode::kCancelled, "cancelled");
}

// What this thread computes while it lives ends with Error(kCancelled) soon after `stop` is set.
// Networks look before each of their blocks.
class StopScope {
 public:
  explicit StopScope(const std::atomic<bool>& stop) : before_(current()) { current() = &stop; }
  ~StopScope() { current() = before_; }
  StopScope(const StopScope&) = delete;
  StopScope& operator=(const StopScope&) = delete;

  static void check() {
    if (current() != nullptr && *current()) fail_cancelled();
  }

 private:
  static const std::atomic<bool>*& current() {
    thread_local const std::atomic<bool>* flag = nullptr;
    return flag;
  }
  const std::atomic<bool>* before_;
};

}  // namespace tts
