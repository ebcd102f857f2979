// Which symbols of an edited recording stay, which are made, and what the generator sees of those
// that stay.
#pragma once
#include <cstdint>
#include <vector>

#include "core/text_types.h"
#include "text/text_edit.h"

namespace tts {

struct EditPlan {
  // Symbols at the beginning and at the end that both texts have and that keep their sound; between
  // them lies the gap. It widens to whole words, and to neighbours that the new words change.
  size_t kept_before = 0, kept_after = 0;
  size_t old_count = 0, new_count = 0;
  std::vector<int64_t> old_frames;     // [old_count] codec frames of each symbol
  int64_t gap_begin = 0, gap_end = 0;  // codec frames of the recording that go
  // Symbols of the new text that the generator sees, whole words: a few seconds on each side.
  size_t seen_begin = 0, seen_end = 0;

  size_t gap_symbols() const { return new_count - kept_before - kept_after; }
  // Where a symbol of the new text stands in the old one; -1 in the gap.
  int64_t old_index(size_t symbol) const;
  // Frames of the recording that are seen: [seen_frames_begin(), seen_frames_end()).
  int64_t seen_frames_begin() const { return frames_before(seen_begin); }
  int64_t seen_frames_end() const { return frames_before(seen_end + old_count - new_count); }
  int64_t frames_before(size_t old_symbol) const;
};

EditPlan plan_edit(const Sentence& before,
                   const Sentence& after,
                   const TextChange& change,
                   const std::vector<int64_t>& old_frames);

}  // namespace tts
