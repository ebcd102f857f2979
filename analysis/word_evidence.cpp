#include "analysis/word_evidence.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/ctc_lattice.h"
#include "core/error.h"

namespace tts {
namespace {

class Evidence {
 public:
  Evidence(const CtcRows& ctc,
           const CtcRows& frames,
           const Outputs& labels,
           const std::vector<ExpectedWord>& words)
      : ctc_(ctc, labels), frames_(frames, labels), words_(words) {}

  bool possible() const { return ctc_.possible() && frames_.possible(); }

  std::vector<WordHypothesis> all() {
    typical_ = typical_pace();
    for (const ExpectedWord& word : words_) replaced_.push_back(gains(word, {kAnything}));
    for (size_t i = 0; i < words_.size(); ++i) {
      if (phones(i, 1) == 0) continue;
      add(WordFault::kReplaced, i, 1, replaced_[i]);
      if (words_.size() > 1) add(WordFault::kMissing, i, 1, gains(words_[i], {}));
      for (size_t run = 1; run <= std::min(kLongestRepeat, words_.size() - i); ++run)
        doubled(i, run);
      if (i + 1 < words_.size() && phones(i + 1, 1) > 0) swapped(i);
    }
    return std::move(out_);
  }

 private:
  using Gains = std::array<double, 2>;  // of the two outputs

  Gains gains(const ExpectedWord& place, const Outputs& instead) const {
    return {ctc_.gain(place.begin, place.end, instead),
            frames_.gain(place.begin, place.end, instead)};
  }

  Outputs labels_of(size_t first, size_t count) const {
    const auto begin = ctc_.labels().begin();
    return {begin + static_cast<int64_t>(words_[first].begin),
            begin + static_cast<int64_t>(words_[first + count - 1].end)};
  }

  void doubled(size_t first, size_t run) {
    const size_t end = words_[first + run - 1].end;
    add(WordFault::kDoubled, first, run, gains({end, end, 0, 0}, labels_of(first, run)));
  }

  void swapped(size_t first) {
    Outputs other = labels_of(first + 1, 1);
    const Outputs one = labels_of(first, 1);
    if (one == other) return;
    other.insert(other.end(), one.begin(), one.end());
    add(WordFault::kSwapped,
        first,
        2,
        gains({words_[first].begin, words_[first + 1].end, 0, 0}, other));
  }

  size_t phones(size_t first, size_t count) const {
    return words_[first + count - 1].end - words_[first].begin;
  }

  static double pace(int64_t frames, size_t phones) {
    return std::log((static_cast<double>(frames) + 1) / (static_cast<double>(phones) + 0.2));
  }

  // The median of the words: one word too long does not make the others short.
  double typical_pace() const {
    std::vector<double> all;
    for (size_t i = 0; i < words_.size(); ++i) {
      if (phones(i, 1) > 0) all.push_back(pace(words_[i].frames, phones(i, 1)));
    }
    if (all.empty()) return 0;
    std::nth_element(all.begin(), all.begin() + static_cast<int64_t>(all.size() / 2), all.end());
    return all[all.size() / 2];
  }

  static double misfit(const CtcLattice& lattice) {
    return (lattice.free_log_likelihood() - lattice.log_likelihood()) /
           static_cast<double>(std::max<size_t>(1, lattice.labels().size()));
  }

  void add(WordFault fault, size_t first, size_t count, const Gains& gain) {
    const auto n = static_cast<double>(phones(first, count));
    Gains replaced = {0, 0};
    int64_t frames = 0;
    for (size_t i = first; i < first + count; ++i) {
      frames += words_[i].frames;
      for (size_t k = 0; k < 2; ++k) replaced[k] += replaced_[i][k];
    }
    WordHypothesis h;
    h.fault = fault;
    h.first = first;
    h.count = count;
    h.features = {gain[0],
                  gain[1],
                  gain[0] / n,
                  gain[1] / n,
                  replaced[0] / n,
                  replaced[1] / n,
                  n,
                  pace(frames, phones(first, count)) - typical_,
                  misfit(ctc_),
                  misfit(frames_)};
    out_.push_back(h);
  }

  const CtcLattice ctc_, frames_;
  const std::vector<ExpectedWord>& words_;
  std::vector<Gains> replaced_;
  double typical_ = 0;
  std::vector<WordHypothesis> out_;
};

}  // namespace

std::string name_of(WordFault fault) {
  switch (fault) {
    case WordFault::kMissing:
      return "missing";
    case WordFault::kDoubled:
      return "doubled";
    case WordFault::kSwapped:
      return "swapped";
    case WordFault::kReplaced:
      return "replaced";
  }
  return "";
}

double WordDecision::log_odds(const WordHypothesis& h) const {
  const Line& line = faults[static_cast<size_t>(h.fault)];
  return std::inner_product(h.features.begin(), h.features.end(), line.weights.begin(), line.bias);
}

WordDecision WordDecision::from(Config config) {
  WordDecision out;
  for (const WordFault fault : kWordFaults) {
    const std::vector<double> numbers = config.numbers(name_of(fault));
    if (numbers.size() != WordHypothesis::kFeatures + 1) {
      fail(ErrorCode::kVoice,
           config.where(),
           ": ",
           name_of(fault),
           " has ",
           numbers.size(),
           " numbers; it must have ",
           WordHypothesis::kFeatures,
           " weights and a bias");
    }
    Line& line = out.faults[static_cast<size_t>(fault)];
    std::copy_n(numbers.begin(), line.weights.size(), line.weights.begin());
    line.bias = numbers.back();
  }
  config.finish();
  return out;
}

std::vector<WordHypothesis> word_hypotheses(const CtcRows& ctc,
                                            const CtcRows& frames,
                                            const Outputs& labels,
                                            const std::vector<ExpectedWord>& words) {
  Evidence evidence(ctc, frames, labels, words);
  return evidence.possible() ? evidence.all() : std::vector<WordHypothesis>{};
}

double echo_gain(const CtcRows& ctc, const Outputs& labels, const std::vector<Outputs>& runs) {
  double best = -std::numeric_limits<double>::infinity();
  if (runs.empty()) return best;
  const CtcLattice lattice(ctc, labels);
  if (!lattice.possible()) return best;
  for (const Outputs& run : runs) best = std::max(best, lattice.gain(0, 0, run));
  return best;
}

}  // namespace tts
