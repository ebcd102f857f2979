// A thread for every connection, started when needed and kept for the next one.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "server/httplib.h"

namespace tts {

class ConnectionThreads : public httplib::TaskQueue {
 public:
  // Connections beyond `most` wait for one that ends.
  explicit ConnectionThreads(size_t most) : most_(most) {}

  void enqueue(std::function<void()> connection) override;
  void shutdown() override;  // waits for all

 private:
  void work();

  const size_t most_;
  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  size_t idle_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace tts
