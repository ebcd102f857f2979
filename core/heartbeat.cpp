#include "core/heartbeat.h"

#include <signal.h>

namespace tts {

Heartbeat::Heartbeat(std::chrono::duration<double> every, Beat beat) {
  // Signals are for the threads that work: one that waits in a read is to be woken.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this, every, beat = std::move(beat)] {
    const auto start = std::chrono::steady_clock::now();
    std::unique_lock<std::mutex> lock(mutex_);
    while (!changed_.wait_for(lock, every, [this] { return over_; }))
      beat(std::chrono::steady_clock::now() - start);
  });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Heartbeat::~Heartbeat() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

}  // namespace tts
