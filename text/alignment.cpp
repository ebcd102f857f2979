#include "text/alignment.h"

#include <algorithm>
#include <limits>

#include "text/symbols.h"

namespace tts {
namespace {

constexpr size_t kMaxWordsPerGroup = 5;   // "out of it in the"
constexpr size_t kMaxGroupsPerWord = 24;  // a number or a web address that espeak-ng spells
constexpr size_t kBand = 5;               // how far words and groups may drift apart
constexpr double kUnevenCost = 0.3;       // merging and splitting must pay for themselves
constexpr double kSilentWordCost = 0.1;   // less than merging it with a neighbour
constexpr double kVowelChangeCost = 0.4;  // reduction: "of" ɑːv → əv
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double change_cost(const Symbol& a, const Symbol& b) {
  if (a.phone == b.phone) return 0;
  return is_vowel_phone(a.phone) && is_vowel_phone(b.phone) ? kVowelChangeCost : 1;
}

void append(Phones& to, const Phones& from) {
  to.insert(to.end(), from.begin(), from.end());
}

struct Step {
  double cost = kInfinity;
  size_t words = 0, groups = 0;
};

// Table of the best way to cover the first w words with the first g groups.
class Aligner {
 public:
  Aligner(const std::vector<Phones>& words, const std::vector<Phones>& groups)
      : words_(words), groups_(groups), table_((words.size() + 1) * (groups.size() + 1)) {
    at(0, 0).cost = 0;
  }

  std::vector<AlignedRun> run() {
    const size_t difference = words_.size() > groups_.size() ? words_.size() - groups_.size()
                                                             : groups_.size() - words_.size();
    const size_t band = difference + kBand;
    for (size_t w = 0; w <= words_.size(); ++w) {
      const size_t last = std::min(groups_.size(), w + band);
      for (size_t g = w > band ? w - band : 0; g <= last; ++g) extend(w, g);
    }
    return trace();
  }

 private:
  Step& at(size_t w, size_t g) { return table_[w * (groups_.size() + 1) + g]; }

  void offer(size_t w, size_t g, size_t words, size_t groups, double cost) {
    const double total = at(w, g).cost + cost;
    Step& step = at(w + words, g + groups);
    if (total < step.cost) step = {total, words, groups};
  }

  void extend(size_t w, size_t g) {
    if (at(w, g).cost == kInfinity || w == words_.size()) return;
    const double silent = words_[w].empty() ? kSilentWordCost : kUnevenCost;
    offer(w, g, 1, 0, static_cast<double>(words_[w].size()) + silent);
    if (g == groups_.size()) return;
    Phones joined;
    for (size_t n = 1; n <= kMaxWordsPerGroup && w + n <= words_.size(); ++n) {
      append(joined, words_[w + n - 1]);
      offer(w, g, n, 1, phone_distance(joined, groups_[g]) + kUnevenCost * (n > 1));
    }
    joined.clear();
    for (size_t n = 1; n <= kMaxGroupsPerWord && g + n <= groups_.size(); ++n) {
      append(joined, groups_[g + n - 1]);
      if (n > 1) offer(w, g, 1, n, phone_distance(words_[w], joined) + kUnevenCost);
      if (joined.size() > 2 * words_[w].size() + 12) break;
    }
  }

  std::vector<AlignedRun> trace() {
    std::vector<AlignedRun> runs;
    size_t w = words_.size(), g = groups_.size();
    while (w > 0) {
      const Step step = at(w, g);
      if (step.cost == kInfinity) return {{0, words_.size(), 0, groups_.size()}};
      w -= step.words;
      g -= step.groups;
      runs.push_back({w, step.words, g, step.groups});
    }
    std::reverse(runs.begin(), runs.end());
    return runs;
  }

  const std::vector<Phones>& words_;
  const std::vector<Phones>& groups_;
  std::vector<Step> table_;
};

// Most clauses: as many groups as words, and each sounds like its word.
bool is_one_by_one(const std::vector<Phones>& words, const std::vector<Phones>& groups) {
  if (words.size() != groups.size()) return false;
  for (size_t i = 0; i < words.size(); ++i) {
    const double longer = static_cast<double>(std::max(words[i].size(), groups[i].size()));
    if (phone_distance(words[i], groups[i]) > longer / 2) return false;
  }
  return true;
}

}  // namespace

double phone_distance(const Phones& a, const Phones& b) {
  std::vector<double> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<double>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    double diagonal = row[0];
    row[0] = static_cast<double>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const double change = diagonal + change_cost(a[i - 1], b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::vector<AlignedRun> align_groups(const std::vector<Phones>& words,
                                     const std::vector<Phones>& groups) {
  if (is_one_by_one(words, groups)) {
    std::vector<AlignedRun> runs;
    for (size_t i = 0; i < words.size(); ++i) runs.push_back({i, 1, i, 1});
    return runs;
  }
  return Aligner(words, groups).run();
}

std::vector<size_t> split_group(const std::vector<Phones>& words, const Phones& group) {
  // best[w][p]: cost of the first w words on the first p phones.
  const size_t phones = group.size();
  std::vector<std::vector<double>> best(words.size() + 1,
                                        std::vector<double>(phones + 1, kInfinity));
  std::vector<std::vector<size_t>> from(words.size() + 1, std::vector<size_t>(phones + 1, 0));
  best[0][0] = 0;
  for (size_t w = 0; w < words.size(); ++w) {
    for (size_t p = 0; p <= phones; ++p) {
      if (best[w][p] == kInfinity) continue;
      for (size_t q = p; q <= phones; ++q) {
        const Phones part(group.begin() + p, group.begin() + q);
        const double cost = best[w][p] + phone_distance(words[w], part);
        if (cost < best[w + 1][q]) {
          best[w + 1][q] = cost;
          from[w + 1][q] = p;
        }
      }
    }
  }
  std::vector<size_t> starts(words.size());
  size_t end = phones;
  for (size_t w = words.size(); w > 0; --w) starts[w - 1] = end = from[w][end];
  return starts;
}

}  // namespace tts
