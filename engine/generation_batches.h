// Sentences of many requests through a generator at once.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <vector>

#include "acoustic/generator.h"

namespace tts {

// Whoever has a sentence waits here until its frames come. Nobody waits for company: with a thread
// free, a sentence is begun at once, alone if it is alone; those that come while all threads are
// busy go together, those of similar length, so that little of a batch is padding. A row is what it
// would have been alone, to rounding.
class GenerationBatches {
 public:
  // At most `rows` sentences in a batch and `at_once` batches at the same time, each in the thread
  // of one of its callers.
  GenerationBatches(int rows, int at_once);

  // As generator.generate(): one row, whose sink is called in this thread. Throws what the
  // generator throws; Error(kCancelled) when `cancelled` is set while it waits. A batch ends early
  // when all of its callers have cancelled or heard enough, and only then.
  void generate(Generator& generator,
                const Condition& condition,
                const Sampling& sampling,
                const FrameSink& sink,
                const std::atomic<bool>& cancelled);

  // A caller that does its other work too, reading the text and making the waveform, as one of the
  // `at_once`: this thread, while it lives, but not while it waits in generate(). A batch is then
  // begun when it is full or when nobody else has work to do, so no more than `at_once` threads
  // ever compute. Waits for its turn. `batches` may be null: then there are no turns.
  class Work {
   public:
    explicit Work(GenerationBatches* batches);
    ~Work();
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;

   private:
    GenerationBatches* const batches_;
  };

  int rows() const { return static_cast<int>(rows_); }

  struct Counts {
    int64_t batches = 0, rows = 0, frames = 0, padding = 0;  // frames: with those of padding
  };
  Counts counts() const;
  size_t waiting() const;  // sentences, and callers for their turn

 private:
  struct Row;
  struct Batch;
  using Rows = std::vector<std::shared_ptr<Row>>;
  void take_turn(std::unique_lock<std::mutex>& lock);
  void give_turn();  // with mutex_ held
  bool may_begin() const;
  Rows choose();  // what goes with the sentence that waits longest; with mutex_ held
  void make(const Rows& rows, const std::shared_ptr<Row>& own);
  void hand_out(const Rows& batch, const std::shared_ptr<Row>& own, const Tensor&, int64_t first);
  bool hear_waiting(Row& row, std::unique_lock<std::mutex>& lock);

  const size_t rows_, at_once_;
  mutable std::mutex mutex_;  // guards all below, and the rows
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Row>> waiting_;
  size_t running_ = 0;  // batches, and callers at work
  size_t wanted_ = 0;   // callers that wait to work
  Counts counts_;
};

}  // namespace tts
