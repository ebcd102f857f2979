// Sounds made side by side and heard one after the other.
#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace tts {

// A request's own threads. Sentences are independent of each other, so each is made by one thread
// from its first frame to its last sample: the tensors of a sentence are too small to be shared
// among threads (docs/measured/speed.md). Everything is heard in the order in which it was added,
// in the thread that adds and drains, and is the same for any number of threads.
class Performers {
 public:
  using Sink = std::function<void(std::vector<float> samples)>;
  using Job = std::function<void(const Sink& sink)>;  // makes sound; runs in any thread

  // With one thread, jobs run where they are added. Threads start when there is work for them.
  Performers(int threads, Sink heard);
  // Gives up what has not been heard: sinks throw Error(kCancelled).
  ~Performers();
  Performers(const Performers&) = delete;
  Performers& operator=(const Performers&) = delete;

  // `announce` is called before the first sample of `job`; either may be empty. Both calls throw
  // what a job threw, when its turn comes.
  void add(std::function<void()> announce, Job job);
  void drain();
  // Hears what is there and being made until `enough` or nothing is left.
  void hear_until(const std::function<bool()>& enough);

 private:
  struct Part {
    std::function<void()> announce;
    Job job;
    std::deque<std::vector<float>> sound;  // made, not yet heard
    bool started = false, done = false;
    std::exception_ptr error;
  };

  void work();
  void perform(Part& part);
  void hear_first(const std::function<bool()>& enough);
  std::shared_ptr<Part> next_part() const;

  const int threads_;
  const Sink heard_;
  std::vector<std::thread> workers_;

  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Part>> parts_;  // in the order of hearing
  bool given_up_ = false;
};

}  // namespace tts
