// `tts batch`: makes what is missing or has changed, and keeps a journal of it.
//
// An item's sound is written to a hidden file whose name holds the item's hash, put on the disk,
// entered in the journal, and renamed: whenever the program is killed, the next run finds each item
// either unmade or entered, and in the latter case renames what the dead one had not.
#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/batch/batch_options.h"
#include "cli/batch/item.h"
#include "cli/batch/item_maker.h"
#include "cli/batch/journal.h"
#include "cli/batch/progress.h"

namespace tts {

// An item of the batch and what is known of it.
struct BatchEntry {
  BatchItem item;
  std::string hash;    // "" where the item cannot be spoken
  ItemRecord record;   // of an earlier run, or of this one
  bool known = false;  // `record` is of this content
};

class BatchRun {
 public:
  // Throws Error as read_inputs does, and for a default voice that cannot be read.
  explicit BatchRun(const BatchOptions& options);

  // → 0, 1 when some failed, or kExitFlagged (verdicts.h). Throws Error(kCancelled) when
  // interrupted, after what was begun.
  int run();

 private:
  void identify(const SayOptions& say);
  void recall();
  void choose_missing();
  void print_estimate() const;
  void remove_stale() const;
  void make_missing(Journal& journal);
  ItemOutcome make(BatchEntry& entry, const ItemMaker& maker, Journal& journal) const;
  void finish(BatchEntry& entry, const std::string& part, Journal& journal) const;
  void report(BatchEntry& entry, const ItemOutcome& outcome);
  void check_results() const;
  void write_results() const;
  int summarise();
  std::string path_of(const std::string& name) const { return options_.say.output + "/" + name; }
  std::string part_of(const BatchEntry& entry) const;
  bool in_shard(size_t index) const { return index % options_.shards == options_.shard - 1; }

  const BatchOptions options_;
  std::vector<BatchEntry> all_;       // of all shards
  std::vector<BatchEntry*> mine_;     // of this one
  std::vector<BatchEntry*> missing_;  // of mine
};

}  // namespace tts
