// Which of espeak-ng's words belong to which of ours: it merges ("of the" → "ʌvðə"), splits
// ("E-Mail") and drops words.
#pragma once
#include <cstddef>
#include <vector>

#include "core/text_types.h"

namespace tts {

using Phones = std::vector<Symbol>;

// Words [first_word, first_word + word_count) are pronounced as groups
// [first_group, first_group + group_count).
struct AlignedRun {
  size_t first_word = 0, word_count = 1;
  size_t first_group = 0, group_count = 1;
};

// `words`: each word's phones when spoken alone (all its groups joined); `groups`: the phones of
// the clause as espeak-ng grouped them. Finds the cheapest order-preserving assignment by edit
// distance. Runs cover every word and every group, in order; a run has one word or one group, or no
// group.
std::vector<AlignedRun> align_groups(const std::vector<Phones>& words,
                                     const std::vector<Phones>& groups);

// Cuts one group's phones into as many parts as there are words, by edit distance: where each
// starts.
std::vector<size_t> split_group(const std::vector<Phones>& words, const Phones& group);

}  // namespace tts
