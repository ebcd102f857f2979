// Items become files, side by side: what --lines, --jsonl and `tts batch` share.
#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "cli/batch/item.h"
#include "cli/say_options.h"
#include "cli/verdicts.h"
#include "engine/synthesizer.h"

namespace tts {

// What became of an item.
struct ItemOutcome {
  bool begun = false;
  std::string error;  // "" and begun: done
  std::vector<std::string> warnings;
  Verdicts verdicts;
  int64_t samples = 0;
  int sample_rate_hz = 0;
  double work_s = 0;
  bool done() const { return begun && error.empty(); }
};

// How many items are made at the same time; while there are fewer items than threads, the sentences
// of each share those that are left.
struct ItemThreads {
  // `batch_size`: sentences that a thread makes together.
  ItemThreads(int threads, size_t items, int batch_size = 1);
  int side_by_side = 1, per_item = 1;
};

// Opens each voice once. Calls may run at the same time.
class ItemMaker {
 public:
  // `batches` may be null.
  ItemMaker(const SayOptions& options,
            int threads_per_item,
            std::shared_ptr<GenerationBatches> batches = nullptr);

  // What is wrong with every item, before the first: throws as Voice::open and Synthesizer do.
  void check() const;

  // Writes the sound of the item, whose seed is set, to a file, which is whole or not there. An
  // item that fails is an outcome; throws Error(kCancelled) alone.
  ItemOutcome make(const BatchItem& item,
                   const std::string& file,
                   const std::atomic<bool>& cancelled) const;

 private:
  void speak(const BatchItem& item,
             const std::string& file,
             const std::atomic<bool>& cancelled,
             ItemOutcome& outcome) const;
  std::shared_ptr<const Voice> voice(const std::string& name) const;

  const SayOptions& options_;
  const int threads_per_item_;
  const std::shared_ptr<GenerationBatches> batches_;
  mutable std::mutex mutex_;  // guards voices_
  mutable std::map<std::string, std::shared_ptr<const Voice>> voices_;
};

// Makes items 0 … count - 1, so many at a time, each in a thread of its own. `report` is called in
// this thread, in the order of the items. What `make` throws ends the run and is thrown again.
using MakeItem = std::function<ItemOutcome(size_t index)>;
using ReportItem = std::function<void(size_t index, const ItemOutcome& outcome)>;
void run_items(int side_by_side, size_t count, const MakeItem& make, const ReportItem& report);

// Runs `step`. What it throws is the outcome's error, but for Error(kCancelled).
template <typename Step>
void attempt_item(ItemOutcome& outcome, Step step) {
  try {
    step();
  } catch (const Error& e) {
    if (e.code() == ErrorCode::kCancelled) throw;
    outcome.error = e.what();
  } catch (const std::exception& e) {
    outcome.error = e.what();
  }
}

// On stderr: what an item has to tell, each line with its place.
void report_item(const std::string& where, const ItemOutcome& outcome);

// The folder that items are written into; the one above it must exist. Throws Error(kOutput).
void make_item_folder(const std::string& folder);

}  // namespace tts
