#include "engine/generation_batches.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <tuple>
#include <utility>

#include "core/stop.h"
#include "engine/stacked_conditions.h"

namespace tts {
namespace {

// The shortest row of a batch is at least so long as the longest is.
constexpr double kLeastShare = 0.8;
// How often a sentence that waits looks whether it was cancelled.
constexpr std::chrono::milliseconds kPatience(10);

// All that must be the same in a batch; seeds and utterances are each row's own.
auto shared_part(const Sampling& s) {
  return std::tie(s.temperature,
                  s.steps,
                  s.solver,
                  s.sway,
                  s.guidance,
                  s.guidance_end,
                  s.level_steps,
                  s.choice_temperature,
                  s.fine_temperature,
                  s.top_k,
                  s.top_p,
                  s.repetition_window,
                  s.repetition_share,
                  s.rescore,
                  s.pointer,
                  s.pointer_temperature,
                  s.first_seconds);
}

// Whose turn this thread has; null: none.
GenerationBatches*& turn_of_this_thread() {
  thread_local GenerationBatches* batches = nullptr;
  return batches;
}

}  // namespace

struct GenerationBatches::Row {
  Generator* generator;
  const Condition* condition;
  const Sampling* sampling;
  const FrameSink* sink;
  const std::atomic<bool>* cancelled;
  int64_t length;
  struct Frames {
    Tensor frames;
    int64_t first;
  };
  std::deque<Frames> made;  // not yet heard
  Batch* batch = nullptr;   // while it is made
  bool given_up = false;    // its sink wants no more
  bool done = false;
  std::exception_ptr error;

  bool goes_with(const Row& other) const {
    const auto [shorter, longer] = std::minmax(length, other.length);
    return generator == other.generator &&
           static_cast<double>(shorter) >= kLeastShare * static_cast<double>(longer) &&
           shared_part(*sampling) == shared_part(*other.sampling) &&
           may_be_stacked(*condition, *other.condition);
  }
};

// In the making. Its callers wait for its end, so that what they lent is there.
struct GenerationBatches::Batch {
  const Rows& rows;
  std::atomic<bool> unwanted{false};

  // With mutex_ held.
  bool look_if_wanted() {
    unwanted = std::all_of(
        rows.begin(), rows.end(), [](const auto& row) { return row->given_up || *row->cancelled; });
    return !unwanted;
  }
};

GenerationBatches::GenerationBatches(int rows, int at_once)
    : rows_(static_cast<size_t>(std::max(1, rows))),
      at_once_(static_cast<size_t>(std::max(1, at_once))) {}

GenerationBatches::Work::Work(GenerationBatches* batches) : batches_(batches) {
  if (batches_ == nullptr) return;
  std::unique_lock<std::mutex> lock(batches_->mutex_);
  batches_->take_turn(lock);
  turn_of_this_thread() = batches_;
}

GenerationBatches::Work::~Work() {
  if (batches_ == nullptr) return;
  turn_of_this_thread() = nullptr;
  const std::lock_guard<std::mutex> lock(batches_->mutex_);
  batches_->give_turn();
}

void GenerationBatches::take_turn(std::unique_lock<std::mutex>& lock) {
  ++wanted_;
  changed_.wait(lock, [&] { return running_ < at_once_; });
  --wanted_;
  ++running_;
}

void GenerationBatches::give_turn() {
  --running_;
  changed_.notify_all();
}

bool GenerationBatches::may_begin() const {
  return running_ < at_once_ && (wanted_ == 0 || waiting_.size() >= rows_);
}

GenerationBatches::Counts GenerationBatches::counts() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return counts_;
}

size_t GenerationBatches::waiting() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return waiting_.size() + wanted_;
}

void GenerationBatches::generate(Generator& generator,
                                 const Condition& condition,
                                 const Sampling& sampling,
                                 const FrameSink& sink,
                                 const std::atomic<bool>& cancelled) {
  const auto row = std::make_shared<Row>();
  row->generator = &generator;
  row->condition = &condition;
  row->sampling = &sampling;
  row->sink = &sink;
  row->cancelled = &cancelled;
  row->length = frame_count(condition);
  const bool at_work = turn_of_this_thread() == this;
  std::unique_lock<std::mutex> lock(mutex_);
  waiting_.push_back(row);
  if (at_work) give_turn();
  for (;;) {
    if (!row->made.empty() || row->done) {
      if (at_work) take_turn(lock);
      if (!hear_waiting(*row, lock)) break;
      if (at_work) give_turn();
    }
    const auto place = std::find(waiting_.begin(), waiting_.end(), row);
    if (place != waiting_.end() && may_begin()) {
      const Rows batch = choose();
      ++running_;
      lock.unlock();
      make(batch, row);
      lock.lock();
      give_turn();
    } else if (place != waiting_.end() && cancelled) {
      waiting_.erase(place);
      if (at_work) take_turn(lock);
      fail_cancelled();
    } else {
      if (row->batch != nullptr) row->batch->look_if_wanted();
      changed_.wait_for(lock, kPatience);
    }
  }
  if (row->error) std::rethrow_exception(row->error);
}

// False when all has been heard.
bool GenerationBatches::hear_waiting(Row& row, std::unique_lock<std::mutex>& lock) {
  while (!row.made.empty()) {
    const Row::Frames next = std::move(row.made.front());
    row.made.pop_front();
    lock.unlock();
    bool goes_on = false;
    std::exception_ptr error;
    try {
      goes_on = (*row.sink)(next.frames, next.first);
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    if (error) row.error = error;
    if (error || !goes_on) {
      row.given_up = true;
      row.made.clear();
    }
  }
  return !row.done;
}

GenerationBatches::Rows GenerationBatches::choose() {
  Rows batch = {waiting_.front()};
  waiting_.pop_front();
  const auto distance = [&](const auto& row) { return std::abs(row->length - batch[0]->length); };
  Rows company;
  for (const auto& row : waiting_) {
    if (row->goes_with(*batch[0])) company.push_back(row);
  }
  std::stable_sort(company.begin(), company.end(), [&](const auto& a, const auto& b) {
    return distance(a) < distance(b);
  });
  company.resize(std::min(company.size(), rows_ - 1));
  for (const auto& row : company) {
    waiting_.erase(std::find(waiting_.begin(), waiting_.end(), row));
    batch.push_back(row);
  }
  return batch;
}

// In the thread of one of the callers, whose own row need not be among them.
void GenerationBatches::make(const Rows& rows, const std::shared_ptr<Row>& own) {
  std::exception_ptr error;
  Batch batch{rows};
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& row : rows) row->batch = &batch;
  }
  // What its caller wants is not what all want; where it is alone nobody else looks.
  const bool alone = rows.size() == 1 && rows[0] == own;
  const StopScope stop(alone ? *own->cancelled : batch.unwanted);
  try {
    std::vector<const Condition*> conditions;
    for (const auto& row : rows) conditions.push_back(row->condition);
    const Condition together = stacked(conditions);
    Sampling sampling = *rows[0]->sampling;
    sampling.seeds.clear();
    sampling.utterances.clear();
    for (const auto& row : rows) {
      sampling.seeds.push_back(row->sampling->seed);
      sampling.utterances.push_back(row->sampling->utterances.at(0));
    }
    rows[0]->generator->generate(together, sampling, [&](const Tensor& frames, int64_t first) {
      hand_out(rows, own, frames, first);
      const std::lock_guard<std::mutex> lock(mutex_);
      return batch.look_if_wanted();
    });
  } catch (...) {
    error = std::current_exception();
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  int64_t longest = 0, sum = 0;
  for (const auto& row : rows) {
    if (!row->error) row->error = error;
    row->done = true;
    row->batch = nullptr;
    longest = std::max(longest, row->length);
    sum += row->length;
  }
  const auto count = static_cast<int64_t>(rows.size());
  ++counts_.batches;
  counts_.rows += count;
  counts_.frames += count * longest;
  counts_.padding += count * longest - sum;
  changed_.notify_all();
}

// Each row gets its own part of the frames: [B, T', …] from frame `first` on.
void GenerationBatches::hand_out(const Rows& batch,
                                 const std::shared_ptr<Row>& own,
                                 const Tensor& frames,
                                 int64_t first) {
  std::unique_lock<std::mutex> lock(mutex_);
  for (size_t b = 0; b < batch.size(); ++b) {
    Row& row = *batch[b];
    const int64_t count = std::min(frames.size(1), row.length - first);
    if (row.given_up || row.length <= first) continue;
    const auto at = static_cast<int64_t>(b);
    row.made.push_back({frames.slice(0, at, at + 1).slice(1, 0, count), first});
  }
  changed_.notify_all();
  // The others hear theirs in their own threads.
  if (std::find(batch.begin(), batch.end(), own) != batch.end()) hear_waiting(*own, lock);
}

}  // namespace tts
