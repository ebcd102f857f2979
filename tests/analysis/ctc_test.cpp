#include "analysis/ctc.h"

#include <cmath>
#include <map>

#include "tests/analysis/ctc_table.h"
#include "tests/test.h"

using namespace tts;

namespace {

// The probability of every labelling: the sum over all its paths.
std::map<Outputs, double> all_labellings(const CtcRows& rows) {
  std::map<Outputs, double> sums;
  const auto paths = static_cast<int64_t>(std::pow(rows.width, rows.frames));
  for (int64_t path = 0; path < paths; ++path) {
    double log_probability = 0;
    Outputs labels;
    int64_t last = 0, rest = path;
    for (int64_t t = 0; t < rows.frames; ++t, rest /= rows.width) {
      const int64_t k = rest % rows.width;
      log_probability += rows.row(t)[k];
      if (k != 0 && k != last) labels.push_back(k);
      last = k;
    }
    sums[labels] += std::exp(log_probability);
  }
  return sums;
}

}  // namespace

TEST_CASE("CTC: the likelihood is the sum over all paths, and the beam finds the likeliest") {
  const CtcTable table = random_table(5, 4, 3);
  Outputs likeliest;
  double highest = 0, total = 0;
  for (const auto& [labels, probability] : all_labellings(table.rows())) {
    CHECK(std::exp(ctc_log_likelihood(table.rows(), labels)) == doctest::Approx(probability));
    total += probability;
    if (probability > highest) {
      highest = probability;
      likeliest = labels;
    }
  }
  CHECK(total == doctest::Approx(1));
  CHECK(ctc_beam(table.rows(), 64) == likeliest);
  CHECK(std::isinf(ctc_log_likelihood(table.rows(), {1, 1, 1, 1})));  // needs blanks between
}

TEST_CASE("CTC: the loss of LibTorch is the same number") {
  const CtcTable table = random_table(12, 6, 3);
  const Outputs labels = {2, 2, 5, 1};
  const torch::Tensor loss = torch::ctc_loss(table.values.unsqueeze(1),
                                             torch::tensor(labels).unsqueeze(0),
                                             torch::tensor({12}),
                                             torch::tensor({4}),
                                             0,
                                             at::Reduction::Sum);
  CHECK(ctc_log_likelihood(table.rows(), labels) == doctest::Approx(-loss.item<double>()));
}

TEST_CASE("CTC: greedy reading takes repeats and blanks out") {
  const CtcTable table = table_that_says({0, 1, 1, 0, 1, 2, 2, 0}, 4);
  CHECK(ctc_greedy(table.rows()) == Outputs{1, 1, 2});
}

TEST_CASE("CTC: what was said fits, what was not does not, and its neighbours keep their fit") {
  const CtcTable table = table_that_says({0, 1, 0, 2, 2, 0, 3, 0, 4, 0, 1, 1, 0}, 6);
  const Outputs said = {1, 2, 3, 4, 1};
  for (size_t i = 0; i < said.size(); ++i) CHECK(ctc_fit(table.rows(), said, i, i + 1) > -1e-6);
  const Outputs other = {1, 2, 5, 4, 1};
  CHECK(ctc_fit(table.rows(), other, 2, 3) < -2);
  CHECK(ctc_fit(table.rows(), other, 0, 1) > -1e-6);
  const Outputs missing = {1, 2, 4, 1};  // more was said than the text has: both neighbours show it
  CHECK(ctc_fit(table.rows(), missing, 1, 2) < -2);
  CHECK(ctc_fit(table.rows(), missing, 2, 3) < -2);
  CHECK(ctc_fit(table.rows(), {1, 2, kAnyPhone, 4, 1}, 2, 3) > -1e-6);
}

TEST_CASE("edits: substituted, inserted, deleted") {
  const Edits edits = count_edits({1, 2, 3, 4}, {1, 5, 3, 4, 6, 6});
  CHECK(edits.substituted == 1);
  CHECK(edits.inserted == 2);
  CHECK(edits.deleted == 0);
  CHECK(count_edits({1, 2, 3}, {1, 3}).deleted == 1);
  CHECK(count_edits({}, {}).total() == 0);
  CHECK(count_edits({1, 2}, {}).deleted == 2);
  const EditPath path = edit_path({1, 2, 3}, {1, 3});
  CHECK(path.heard == std::vector<bool>{true, false, true});
  CHECK(edit_path({1, 2}, {1, 2, 9}).inserted == std::vector<int64_t>{0, 0, 1});
  CHECK(std::isinf(ctc_fit(table_that_says({1, 2}, 4).rows(), {1, 2, 3}, 0, 1)));
}
