#include "engine/edit_plan.h"

#include <algorithm>
#include <numeric>

namespace tts {
namespace {

constexpr int64_t kSeenFrames = 250;  // 5 s on each side: about what training sees of a sentence

bool same_symbol(const Symbol& a, const Symbol& b) {
  return a.phone == b.phone && a.stress == b.stress && a.long_mark == b.long_mark &&
         a.word_end == b.word_end;
}

// Whether the symbol before `symbol` belongs to the same word.
bool inside_word(const std::vector<Symbol>& symbols, size_t symbol) {
  return symbol > 0 && symbol < symbols.size() && symbols[symbol].word >= 0 &&
         symbols[symbol].word == symbols[symbol - 1].word;
}

bool ends_before(const Sentence& text, const Symbol& symbol, size_t byte) {
  return symbol.word < 0 || text.words.at(symbol.word).span.end <= byte;
}

bool begins_behind(const Sentence& text, const Symbol& symbol, size_t byte) {
  return symbol.word < 0 || text.words.at(symbol.word).span.begin >= byte;
}

size_t kept_at_beginning(const Sentence& before, const Sentence& after, const TextChange& change) {
  const auto &a = before.symbols, &b = after.symbols;
  size_t kept = 0;
  while (kept < std::min(a.size(), b.size()) && same_symbol(a[kept], b[kept]) &&
         ends_before(before, a[kept], change.removed.begin) &&
         ends_before(after, b[kept], change.added.begin))
    ++kept;
  while (inside_word(a, kept) || inside_word(b, kept)) --kept;
  return kept;
}

size_t kept_at_end(const Sentence& before,
                   const Sentence& after,
                   const TextChange& change,
                   size_t most) {
  const auto &a = before.symbols, &b = after.symbols;
  size_t kept = 0;
  while (kept < most && same_symbol(a[a.size() - 1 - kept], b[b.size() - 1 - kept]) &&
         begins_behind(before, a[a.size() - 1 - kept], change.removed.end) &&
         begins_behind(after, b[b.size() - 1 - kept], change.added.end))
    ++kept;
  while (kept > 0 && (inside_word(a, a.size() - kept) || inside_word(b, b.size() - kept))) --kept;
  return kept;
}

// The symbols that the generator sees, by the new text's numbers.
void choose_seen(const std::vector<Symbol>& symbols, EditPlan& plan) {
  const auto enough = [&](size_t from, size_t to) {
    int64_t frames = 0;
    for (size_t i = from; i < to; ++i) frames += plan.old_frames[plan.old_index(i)];
    return frames >= kSeenFrames;
  };
  plan.seen_begin = plan.kept_before;
  while (plan.seen_begin > 0 &&
         (inside_word(symbols, plan.seen_begin) || !enough(plan.seen_begin, plan.kept_before)))
    --plan.seen_begin;
  const size_t behind_gap = plan.new_count - plan.kept_after;
  plan.seen_end = behind_gap;
  while (plan.seen_end < plan.new_count &&
         (inside_word(symbols, plan.seen_end) || !enough(behind_gap, plan.seen_end)))
    ++plan.seen_end;
}

}  // namespace

int64_t EditPlan::old_index(size_t symbol) const {
  if (symbol < kept_before) return static_cast<int64_t>(symbol);
  if (symbol >= new_count - kept_after) return static_cast<int64_t>(symbol + old_count - new_count);
  return -1;
}

int64_t EditPlan::frames_before(size_t old_symbol) const {
  return std::accumulate(old_frames.begin(), old_frames.begin() + old_symbol, int64_t{0});
}

EditPlan plan_edit(const Sentence& before,
                   const Sentence& after,
                   const TextChange& change,
                   const std::vector<int64_t>& old_frames) {
  EditPlan plan;
  plan.old_frames = old_frames;
  plan.old_count = before.symbols.size();
  plan.new_count = after.symbols.size();
  plan.kept_before = kept_at_beginning(before, after, change);
  plan.kept_after = kept_at_end(
      before, after, change, std::min(plan.old_count, plan.new_count) - plan.kept_before);
  plan.gap_begin = plan.frames_before(plan.kept_before);
  plan.gap_end = plan.frames_before(plan.old_count - plan.kept_after);
  choose_seen(after.symbols, plan);
  return plan;
}

}  // namespace tts
