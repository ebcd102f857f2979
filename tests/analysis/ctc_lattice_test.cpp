#include "analysis/ctc_lattice.h"

#include <cmath>

#include "analysis/word_evidence.h"
#include "tests/analysis/ctc_table.h"
#include "tests/test.h"

using namespace tts;

namespace {

// Each output for two frames, then two frames of the blank.
CtcTable spoken(const Outputs& said, int64_t width) {
  Outputs frames;
  for (const int64_t k : said) frames.insert(frames.end(), {k, k, 0, 0});
  return table_that_says(frames, width);
}

Outputs changed(const Outputs& labels, size_t begin, size_t end, const Outputs& instead) {
  Outputs out(labels.begin(), labels.begin() + static_cast<int64_t>(begin));
  out.insert(out.end(), instead.begin(), instead.end());
  out.insert(out.end(), labels.begin() + static_cast<int64_t>(end), labels.end());
  return out;
}

// Three words of "1 2 | 3 4 5 | 6 1".
const Outputs kLabels = {1, 2, 3, 4, 5, 6, 1};
const std::vector<ExpectedWord> kWords = {{0, 2, 0, 8}, {2, 5, 8, 12}, {5, 7, 20, 8}};

// The hypothesis whose gain is largest.
WordHypothesis likeliest(const Outputs& said) {
  const CtcTable table = spoken(said, 8);
  WordHypothesis best;
  for (const auto& h : word_hypotheses(table.rows(), table.rows(), kLabels, kWords)) {
    if (h.fault != WordFault::kReplaced && h.features[0] > best.features[0]) best = h;
  }
  return best;
}

}  // namespace

TEST_CASE("CTC lattice: a gain is the difference that the whole computation gives") {
  const CtcTable table = random_table(14, 6, 5);
  const Outputs labels = {1, 2, 2, 3, 4};
  const CtcLattice lattice(table.rows(), labels);
  REQUIRE(lattice.possible());
  CHECK(lattice.log_likelihood() == doctest::Approx(ctc_log_likelihood(table.rows(), labels)));
  for (size_t begin = 0; begin <= labels.size(); ++begin) {
    for (size_t end = begin; end <= labels.size(); ++end) {
      for (const Outputs& instead :
           {Outputs{}, {1}, {2, 2}, {4, 1, 2}, {kAnything}, {kAnyPhone, 3}}) {
        const double whole = ctc_log_likelihood(table.rows(), changed(labels, begin, end, instead));
        CAPTURE(begin);
        CAPTURE(end);
        CHECK(lattice.gain(begin, end, instead) ==
              doctest::Approx(whole - lattice.log_likelihood()));
      }
    }
  }
}

TEST_CASE("CTC lattice: no labels, too few frames, and labels that are far from what was said") {
  const CtcTable table = random_table(3, 4, 5);
  CHECK(CtcLattice(table.rows(), {}).gain(0, 0, {2}) ==
        doctest::Approx(ctc_log_likelihood(table.rows(), {2}) -
                        ctc_log_likelihood(table.rows(), {})));
  const CtcLattice full(table.rows(), {1, 2, 3});
  CHECK(full.gain(0, 0, {1}) == -CtcLattice::kMostGain);
  const CtcLattice too_long(table.rows(), {1, 1, 2});
  CHECK(!too_long.possible());
  CHECK(std::isinf(too_long.log_likelihood()));
  // 400 labels of which none is heard: nothing overflows.
  const CtcTable other = spoken(Outputs(400, 3), 6);
  const CtcLattice far(other.rows(), Outputs(400, 5));
  CHECK(far.free_log_likelihood() > far.log_likelihood());
  CHECK(std::isfinite(far.gain(100, 110, {3, 3})));
}

TEST_CASE("word evidence: what was done to a word is the likeliest") {
  CHECK(likeliest({1, 2, 3, 4, 5, 6, 1}).features[0] <= 0);  // nothing was
  WordHypothesis h = likeliest({1, 2, 6, 1});
  CHECK(h.fault == WordFault::kMissing);
  CHECK(h.first == 1);
  h = likeliest({1, 2, 3, 4, 5, 3, 4, 5, 6, 1});
  CHECK(h.fault == WordFault::kDoubled);
  CHECK(h.first == 1);
  CHECK(h.count == 1);
  h = likeliest({1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6, 1});
  CHECK(h.fault == WordFault::kDoubled);
  CHECK(h.first == 0);
  CHECK(h.count == 2);
  h = likeliest({3, 4, 5, 1, 2, 6, 1});
  CHECK(h.fault == WordFault::kSwapped);
  CHECK(h.first == 0);
}

TEST_CASE(
    "word evidence: a word replaced stands out, words of the prompt before the sentence too") {
  const CtcTable table = spoken({1, 2, 7, 7, 7, 6, 1}, 8);
  std::vector<double> replaced;
  for (const auto& h : word_hypotheses(table.rows(), table.rows(), kLabels, kWords)) {
    if (h.fault == WordFault::kReplaced) replaced.push_back(h.features[4]);
  }
  REQUIRE(replaced.size() == 3);
  // Its neighbours gain less: what is in their place may take in its frames, not its phones.
  CHECK(replaced[1] > replaced[0] + 1);
  CHECK(replaced[1] > replaced[2] + 1);
  CHECK(echo_gain(table.rows(), {7, 7, 7, 6, 1}, {{3}, {1, 2}}) > 2);
  CHECK(echo_gain(table.rows(), {1, 2, 7, 7, 7, 6, 1}, {{3}, {3, 4}}) < 0);
}

TEST_CASE("word evidence: words without a known phone are left out, too few frames give nothing") {
  const CtcTable table = spoken({1, 2}, 8);
  const auto found =
      word_hypotheses(table.rows(), table.rows(), {1, 2}, {{0, 2, 0, 8}, {2, 2, 8, 0}});
  for (const auto& h : found) CHECK(h.first == 0);
  CHECK(!found.empty());
  CHECK(word_hypotheses(table.rows(), table.rows(), Outputs(9, 1), {{0, 9, 0, 8}}).empty());
}
