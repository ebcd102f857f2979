#include "cli/say_batch.h"

#include "cli/batch/item_maker.h"
#include "cli/batch/items.h"
#include "cli/console.h"
#include "core/error.h"

namespace tts {

int say_batch(const SayOptions& options) {
  std::vector<BatchItem> items = items_of_lines(options.text, options);
  if (items.empty()) fail(ErrorCode::kInput, "there is no text to speak: the input has no lines");
  refuse_duplicates(items);
  make_item_folder(options.output);
  // Items without a seed of their own share one, which is printed.
  const uint64_t seed = options.speak.seed.value_or(random_seed());
  for (auto& item : items) {
    if (!item.speak.seed) item.speak.seed = seed;
  }
  note("seed " + std::to_string(seed));
  start_engine(1);
  const ItemThreads threads(options.threads, items.size());
  const ItemMaker maker(options, threads.per_item);
  maker.check();
  size_t done = 0, flagged = 0;
  run_items(
      threads.side_by_side,
      items.size(),
      [&](size_t i) {
        return maker.make(items[i], options.output + "/" + items[i].output, interrupted());
      },
      [&](size_t i, const ItemOutcome& outcome) {
        report_item(items[i].where, outcome);
        done += outcome.done() ? 1 : 0;
        flagged += outcome.verdicts.flagged() > 0 ? 1 : 0;
      });
  note(std::to_string(done) + " of " + std::to_string(items.size()) + " done" +
       (flagged > 0 ? ", " + std::to_string(flagged) + " flagged" : ""));
  if (done < items.size()) return 1;
  return flagged > 0 ? kExitFlagged : 0;
}

}  // namespace tts
