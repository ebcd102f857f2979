#include "text/alignment.h"

#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>

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

// A phone as it is compared.
struct Sound {
  int id = 0;
  bool vowel = false;
};
using Sounds = std::vector<Sound>;

// Numbers the phones of one alignment.
class Inventory {
 public:
  Sounds sounds_of(const Phones& phones) {
    Sounds sounds;
    for (const Symbol& symbol : phones) {
      const Sound next{static_cast<int>(known_.size()), false};
      const auto [place, is_new] = known_.emplace(symbol.phone, next);
      if (is_new) place->second.vowel = is_vowel_phone(symbol.phone);
      sounds.push_back(place->second);
    }
    return sounds;
  }

  std::vector<Sounds> sounds_of(const std::vector<Phones>& all) {
    std::vector<Sounds> sounds;
    for (const Phones& phones : all) sounds.push_back(sounds_of(phones));
    return sounds;
  }

 private:
  std::unordered_map<std::string, Sound> known_;
};

// The edit distance between all phones fed so far and each beginning of a target: 1 per inserted,
// missing or changed phone, less between vowels.
class EditDistance {
 public:
  EditDistance(const Sound* target, size_t size) : target_(target), row_(size + 1) {
    for (size_t j = 0; j <= size; ++j) row_[j] = static_cast<double>(j);
  }
  explicit EditDistance(const Sounds& target) : EditDistance(target.data(), target.size()) {}

  void feed(const Sounds& sounds) {
    for (const Sound& sound : sounds) feed(sound);
  }
  double to_first(size_t phones) const { return row_[phones]; }
  double to_all() const { return row_.back(); }

 private:
  void feed(const Sound& sound) {
    double diagonal = row_[0];
    row_[0] = diagonal + 1;
    for (size_t j = 1; j < row_.size(); ++j) {
      const double change = diagonal + change_cost(sound, target_[j - 1]);
      diagonal = row_[j];
      row_[j] = std::min(change, std::min(row_[j], row_[j - 1]) + 1);
    }
  }

  static double change_cost(const Sound& a, const Sound& b) {
    if (a.id == b.id) return 0;
    return a.vowel && b.vowel ? kVowelChangeCost : 1;
  }

  const Sound* target_;
  std::vector<double> row_;
};

struct Step {
  double cost = kInfinity;
  size_t words = 0, groups = 0;
};

// Table of the best way to cover the first w words with the first g groups.
class Aligner {
 public:
  Aligner(const std::vector<Sounds>& words, const std::vector<Sounds>& groups)
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
    EditDistance to_group(groups_[g]);
    for (size_t n = 1; n <= kMaxWordsPerGroup && w + n <= words_.size(); ++n) {
      to_group.feed(words_[w + n - 1]);
      offer(w, g, n, 1, to_group.to_all() + kUnevenCost * (n > 1));
    }
    EditDistance to_word(words_[w]);
    size_t phones = 0;
    for (size_t n = 1; n <= kMaxGroupsPerWord && g + n <= groups_.size(); ++n) {
      to_word.feed(groups_[g + n - 1]);
      if (n > 1) offer(w, g, 1, n, to_word.to_all() + kUnevenCost);
      phones += groups_[g + n - 1].size();
      if (phones > 2 * words_[w].size() + 12) break;
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

  const std::vector<Sounds>& words_;
  const std::vector<Sounds>& groups_;
  std::vector<Step> table_;
};

// Most clauses: as many groups as words, and each sounds like its word.
bool is_one_by_one(const std::vector<Sounds>& words, const std::vector<Sounds>& groups) {
  if (words.size() != groups.size()) return false;
  for (size_t i = 0; i < words.size(); ++i) {
    const double longer = static_cast<double>(std::max(words[i].size(), groups[i].size()));
    EditDistance distance(groups[i]);
    distance.feed(words[i]);
    if (distance.to_all() > longer / 2) return false;
  }
  return true;
}

}  // namespace

std::vector<AlignedRun> align_groups(const std::vector<Phones>& words,
                                     const std::vector<Phones>& groups) {
  Inventory inventory;
  const auto spoken = inventory.sounds_of(words), grouped = inventory.sounds_of(groups);
  if (is_one_by_one(spoken, grouped)) {
    std::vector<AlignedRun> runs;
    for (size_t i = 0; i < words.size(); ++i) runs.push_back({i, 1, i, 1});
    return runs;
  }
  return Aligner(spoken, grouped).run();
}

std::vector<size_t> split_group(const std::vector<Phones>& words, const Phones& group) {
  // best[w][p]: cost of the first w words on the first p phones.
  Inventory inventory;
  const auto spoken = inventory.sounds_of(words);
  const Sounds sounds = inventory.sounds_of(group);
  const size_t phones = sounds.size();
  std::vector<std::vector<double>> best(words.size() + 1,
                                        std::vector<double>(phones + 1, kInfinity));
  std::vector<std::vector<size_t>> from(words.size() + 1, std::vector<size_t>(phones + 1, 0));
  best[0][0] = 0;
  for (size_t w = 0; w < words.size(); ++w) {
    for (size_t p = 0; p <= phones; ++p) {
      if (best[w][p] == kInfinity) continue;
      EditDistance distance(sounds.data() + p, phones - p);
      distance.feed(spoken[w]);
      for (size_t q = p; q <= phones; ++q) {
        const double cost = best[w][p] + distance.to_first(q - p);
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
