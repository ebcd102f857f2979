// Calls `beat` every so often while it lives, from a thread of its own: long work that says nothing
// for minutes is taken for dead.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace tts {

class Heartbeat {
 public:
  // `beat` hears how long the work has gone on.
  using Beat = std::function<void(std::chrono::duration<double> elapsed)>;
  Heartbeat(std::chrono::duration<double> every, Beat beat);
  ~Heartbeat();  // no beat is running any more behind it
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

 private:
  std::mutex mutex_;  // guards over_
  std::condition_variable changed_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace tts
