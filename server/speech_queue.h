// A fixed number of workers and a bounded number of requests that wait for one, first come first
// served.
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "server/metrics.h"

namespace tts {

class SpeechQueue {
 public:
  struct Job {
    virtual ~Job() = default;
    virtual void run() = 0;  // by a worker; throws nothing
  };

  SpeechQueue(int workers, int places);
  ~SpeechQueue();  // runs what was added
  SpeechQueue(const SpeechQueue&) = delete;
  SpeechQueue& operator=(const SpeechQueue&) = delete;

  // False when all workers are busy and all places taken.
  bool add(std::shared_ptr<Job> job);
  // Gives the place of a job that waits to others. A running one is not touched.
  void remove(const Job& job);

  Metrics::Load load() const;
  // Whole seconds, at least 1, after which a place may be free: by how long jobs took so far.
  int retry_after_s() const;

 private:
  void work();

  const size_t worker_count_, places_;
  mutable std::mutex mutex_;  // guards all below but the threads
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Job>> waiting_;
  size_t running_ = 0;
  double usual_s_ = 0;  // of a job: a moving mean
  bool stopping_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace tts
