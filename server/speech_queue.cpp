#include "server/speech_queue.h"

#include <algorithm>
#include <cmath>

#include "nn/runtime.h"

namespace tts {
namespace {

constexpr double kNewest = 0.2;  // weight of the last job in the mean

}  // namespace

SpeechQueue::SpeechQueue(int workers, int places)
    : worker_count_(static_cast<size_t>(workers)), places_(static_cast<size_t>(places)) {
  for (int i = 0; i < workers; ++i) workers_.emplace_back([this] { work(); });
}

SpeechQueue::~SpeechQueue() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (auto& worker : workers_) worker.join();
}

bool SpeechQueue::add(std::shared_ptr<Job> job) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (running_ + waiting_.size() >= worker_count_ + places_) return false;
  waiting_.push_back(std::move(job));
  changed_.notify_one();
  return true;
}

void SpeechQueue::remove(const Job& job) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto same = [&](const auto& waiting) { return waiting.get() == &job; };
  waiting_.erase(std::remove_if(waiting_.begin(), waiting_.end(), same), waiting_.end());
}

Metrics::Load SpeechQueue::load() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return {waiting_.size(), running_, places_, worker_count_};
}

int SpeechQueue::retry_after_s() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const double turns =
      static_cast<double>(waiting_.size() + 1) / static_cast<double>(worker_count_);
  return static_cast<int>(std::clamp(std::ceil(usual_s_ * turns), 1.0, 600.0));
}

void SpeechQueue::work() {
  configure_thread();
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::shared_ptr<Job> job = std::move(waiting_.front());
    waiting_.pop_front();
    ++running_;
    lock.unlock();
    const auto begin = std::chrono::steady_clock::now();
    job->run();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    job.reset();
    lock.lock();
    --running_;
    usual_s_ += (usual_s_ == 0 ? 1 : kNewest) * (took.count() - usual_s_);
  }
}

}  // namespace tts
