#include "text/sentence_splitter.h"

#include <algorithm>
#include <set>

namespace tts {
namespace {

constexpr size_t kMinSentenceWords = 20;  // shortest piece of a sentence that is too long
constexpr size_t kShortestFullWord = 5;   // "finished. then": a shorter one may be an abbreviation

bool is_final(const Item& item) {
  return item.kind == ItemKind::kMark &&
         (item.mark == "." || item.mark == "?" || item.mark == "!" || item.mark == "…");
}

bool is_word(const Item& item) {
  return item.kind == ItemKind::kWord;
}

class Splitter {
 public:
  Splitter(const std::vector<Item>& items, const std::set<std::string>& conjunctions)
      : items_(items), conjunctions_(conjunctions) {
    has_capitals_ = std::any_of(items.begin(), items.end(), [](const Item& item) {
      return is_word(item) && !item.starts_lower;
    });
  }

  std::vector<SentenceRange> run() {
    find_next_words();
    size_t first = 0;
    for (size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].kind == ItemKind::kParagraph) {
        add(first, i, SentenceEnd::kParagraph);
        first = i + 1;
      } else if (ends_at(i)) {
        while (i + 1 < items_.size() && trails(i + 1)) ++i;
        add(first, i + 1, SentenceEnd::kFullStop);
        first = i + 1;
      }
    }
    add(first, items_.size(), SentenceEnd::kParagraph);
    return std::move(out_);
  }

 private:
  // The next word after each item in its paragraph; from the end, so that it takes one pass.
  void find_next_words() {
    next_word_.assign(items_.size(), nullptr);
    const Item* next = nullptr;
    for (size_t i = items_.size(); i-- > 0;) {
      next_word_[i] = next;
      if (is_word(items_[i])) next = &items_[i];
      if (items_[i].kind == ItemKind::kParagraph) next = nullptr;
    }
  }

  const Item* next_word(size_t i) const { return next_word_[i]; }

  // "?!", and a closing bracket after the full stop.
  bool trails(size_t i) const {
    return items_[i].kind == ItemKind::kMark && !items_[i - 1].space_after;
  }

  bool ends_at(size_t i) const {
    const Item& item = items_[i];
    if (is_word(item)) {
      const Item* next = next_word(i);
      return item.may_end_sentence && item.space_after && next && next->starts_capital &&
             i + 1 < items_.size() && is_word(items_[i + 1]);
    }
    if (!is_final(item)) return false;
    const Item* next = next_word(i);
    if (!next) return true;
    if (i + 1 < items_.size() && is_final(items_[i + 1])) return false;  // the last of "?!" decides
    const bool before_word = i > 0 && is_word(items_[i - 1]);
    if (!item.space_after) {
      return item.mark == "." && before_word && items_[i - 1].starts_lower && !next->starts_lower;
    }
    return !next->starts_lower || ends_before_small_letter(i);
  }

  bool ends_before_small_letter(size_t i) const {
    if (!has_capitals_) return true;
    const Item& item = items_[i];
    if (item.mark == "…" || item.quote_after) return false;  // "Really?" he said.
    if (item.mark == "!" || item.mark == "?") return true;
    return i > 0 && is_word(items_[i - 1]) && !items_[i - 1].spoken.empty() &&
           items_[i - 1].spoken.back().text.size() >= kShortestFullWord;
  }

  void add(size_t first, size_t last, SentenceEnd end) {
    const bool silent =
        std::none_of(items_.begin() + first, items_.begin() + last, [](const Item& i) {
          return is_word(i) || i.kind == ItemKind::kPause;
        });
    if (first >= last) {
      if (end == SentenceEnd::kParagraph && !out_.empty()) out_.back().end = end;
    } else if (silent && !out_.empty()) {
      if (end == SentenceEnd::kParagraph) out_.back().end = end;
    } else {
      split_long(first, last, end);
    }
  }

  void split_long(size_t first, size_t last, SentenceEnd end) {
    while (words_in(first, last) > kMaxSentenceWords) {
      const size_t cut = best_cut(first, last);
      out_.push_back({first, cut, SentenceEnd::kTooLong});
      first = cut;
    }
    out_.push_back({first, last, end});
  }

  size_t words_in(size_t first, size_t last) const {
    size_t words = 0;
    for (size_t i = first; i < last; ++i) words += items_[i].spoken.size();
    return words;
  }

  int strength(const Item& item) const {
    if (item.kind == ItemKind::kMark) return item.mark == "," ? 3 : 4;
    if (item.kind == ItemKind::kPause) return 5;
    const bool conjunction = !item.spoken.empty() && conjunctions_.count(item.spoken[0].text);
    return conjunction ? 2 : 1;
  }

  // The strongest place that leaves at least kMinSentenceWords on the left, latest of equals; words
  // are cut before, marks after themselves.
  size_t best_cut(size_t first, size_t last) const {
    const size_t total = words_in(first, last);
    size_t words = 0, best = first + 1;
    int best_strength = 0;
    for (size_t i = first; i < last && words < kMaxSentenceWords; ++i) {
      const bool word = is_word(items_[i]);
      const bool far_enough = words >= kMinSentenceWords && total - words >= kMinSentenceWords / 4;
      if (far_enough && strength(items_[i]) >= best_strength) {
        best = word ? i : i + 1;
        best_strength = strength(items_[i]);
      }
      words += items_[i].spoken.size();
    }
    return std::max(best, first + 1);
  }

  const std::vector<Item>& items_;
  const std::set<std::string>& conjunctions_;
  std::vector<const Item*> next_word_;
  std::vector<SentenceRange> out_;
  bool has_capitals_ = false;
};

}  // namespace

std::vector<SentenceRange> split_sentences(const std::vector<Item>& items,
                                           const std::set<std::string>& conjunctions) {
  return Splitter(items, conjunctions).run();
}

}  // namespace tts
