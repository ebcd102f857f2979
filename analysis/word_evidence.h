// What speaks for a word that was left out, said twice, exchanged with the next one, or replaced:
// how much likelier a recogniser's outputs are with the words changed so.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/ctc.h"
#include "core/config.h"

namespace tts {

enum class WordFault { kMissing, kDoubled, kSwapped, kReplaced };
inline constexpr std::array<WordFault, 4> kWordFaults = {
    WordFault::kMissing, WordFault::kDoubled, WordFault::kSwapped, WordFault::kReplaced};
std::string name_of(WordFault fault);  // "missing", …

// Words that may be said twice in a row: a generator that loses its place repeats more than one.
inline constexpr size_t kLongestRepeat = 3;

// A word, as what the recogniser should have written, and the frames in which it is.
struct ExpectedWord {
  size_t begin = 0, end = 0;  // labels
  int64_t first_frame = 0, frames = 0;
};

struct WordHypothesis {
  // Numbers for a linear decision: the gains of the two outputs in nats, and per phone; those of
  // anything in the words' place per phone; the phones; how slow the words are beside the others
  // (log ratio); how badly the labels of all words fit, in nats per phone, by the two outputs.
  static constexpr size_t kFeatures = 10;
  WordFault fault = WordFault::kMissing;
  size_t first = 0, count = 1;  // words
  std::array<double, kFeatures> features{};
};

// The natural log of the odds that a hypothesis is so, over those at which it is believed: one
// linear function per fault, fitted to recordings in which words were broken
// (bench/verdict/verdict.py).
struct WordDecision {
  struct Line {
    std::array<double, WordHypothesis::kFeatures> weights{};
    double bias = -100;
  };
  std::array<Line, kWordFaults.size()> faults;  // in their order
  double log_odds(const WordHypothesis& hypothesis) const;

  // {"missing": [weights …, bias], …}
  static WordDecision from(Config config);
};

// ctc, frames: a recogniser's two outputs. Words without labels are left out of account. Empty when
// there are too few frames for the labels.
std::vector<WordHypothesis> word_hypotheses(const CtcRows& ctc,
                                            const CtcRows& frames,
                                            const Outputs& labels,
                                            const std::vector<ExpectedWord>& words);

// By how many nats the outputs are likelier when one of `runs` was said before the labels: that of
// the likeliest run; minus infinity without runs.
double echo_gain(const CtcRows& ctc, const Outputs& labels, const std::vector<Outputs>& runs);

}  // namespace tts
