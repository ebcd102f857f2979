#include "cli/batch/length_order.h"

#include <algorithm>

#include "core/number_text.h"

namespace tts {
namespace {

constexpr size_t kSortedPerPlace = 16;  // items of a window, per item made at the same time

}  // namespace

void order_by_length(std::vector<BatchEntry*>& entries, size_t side_by_side) {
  const size_t window = kSortedPerPlace * side_by_side;
  for (size_t begin = 0; begin < entries.size(); begin += window) {
    const size_t end = std::min(begin + window, entries.size());
    std::stable_sort(entries.begin() + static_cast<std::ptrdiff_t>(begin),
                     entries.begin() + static_cast<std::ptrdiff_t>(end),
                     [](const BatchEntry* a, const BatchEntry* b) {
                       return characters_of(a->item) < characters_of(b->item);
                     });
  }
}

std::string sentence_of(const GenerationBatches::Counts& counts) {
  const auto ratio = [](int64_t part, int64_t whole) {
    return static_cast<double>(part) / static_cast<double>(std::max<int64_t>(1, whole));
  };
  return fixed_text(ratio(counts.rows, counts.batches), 1) + " sentences in a batch, " +
         fixed_text(100 * ratio(counts.padding, counts.frames), 1) + " % of the frames are padding";
}

}  // namespace tts
