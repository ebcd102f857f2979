#include "engine/performers.h"

#include <algorithm>
#include <utility>

#include "core/stop.h"
#include "nn/runtime.h"

namespace tts {
namespace {

// Parts in the making or waiting, per thread: enough that a long sentence at the front does not
// leave the others without work.
constexpr size_t kPartsPerThread = 2;

}  // namespace

Performers::Performers(int threads, Sink heard) : threads_(threads), heard_(std::move(heard)) {}

Performers::~Performers() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    given_up_ = true;
  }
  changed_.notify_all();
  for (auto& worker : workers_) worker.join();
}

void Performers::add(std::function<void()> announce, Job job) {
  if (threads_ <= 1) {
    if (announce) announce();
    if (job) job(heard_);
    return;
  }
  auto part = std::make_shared<Part>();
  part->announce = std::move(announce);
  part->done = job == nullptr;
  part->job = std::move(job);
  size_t count = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    parts_.push_back(std::move(part));
    count = parts_.size();
  }
  changed_.notify_all();
  if (workers_.size() < std::min(static_cast<size_t>(threads_), count))
    workers_.emplace_back([this] { work(); });
  if (count >= kPartsPerThread * static_cast<size_t>(threads_)) hear_first([] { return false; });
}

void Performers::drain() {
  hear_until([] { return false; });
}

void Performers::hear_until(const std::function<bool()>& enough) {
  while (!parts_.empty() && !enough()) hear_first(enough);  // only this thread adds and removes
}

void Performers::hear_first(const std::function<bool()>& enough) {
  std::unique_lock<std::mutex> lock(mutex_);
  const std::shared_ptr<Part> part = parts_.front();
  lock.unlock();
  if (part->announce) std::exchange(part->announce, nullptr)();
  lock.lock();
  for (;;) {
    changed_.wait(lock, [&] { return part->done || !part->sound.empty(); });
    if (part->sound.empty()) break;
    std::vector<float> samples = std::move(part->sound.front());
    part->sound.pop_front();
    lock.unlock();
    heard_(std::move(samples));
    if (enough()) return;
    lock.lock();
  }
  parts_.pop_front();
  if (part->error) std::rethrow_exception(part->error);
}

std::shared_ptr<Performers::Part> Performers::next_part() const {
  const auto found = std::find_if(
      parts_.begin(), parts_.end(), [](const auto& part) { return !part->started && !part->done; });
  return found == parts_.end() ? nullptr : *found;
}

void Performers::work() {
  configure_thread();
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    std::shared_ptr<Part> part;
    changed_.wait(lock, [&] { return given_up_ || (part = next_part()) != nullptr; });
    if (given_up_) return;
    part->started = true;
    lock.unlock();
    perform(*part);
    lock.lock();
  }
}

void Performers::perform(Part& part) {
  std::exception_ptr error;
  try {
    part.job([&](std::vector<float> samples) {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (given_up_) fail_cancelled();
      part.sound.push_back(std::move(samples));
      changed_.notify_all();
    });
  } catch (...) {
    error = std::current_exception();
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  part.error = error;
  part.done = true;
  changed_.notify_all();
}

}  // namespace tts
