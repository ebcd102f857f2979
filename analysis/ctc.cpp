#include "analysis/ctc.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace tts {
namespace {

constexpr double kImpossible = -std::numeric_limits<double>::infinity();

double add_logs(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == kImpossible ? a : a + std::log1p(std::exp(b - a));
}

double label_score(const float* row, int64_t width, int64_t label) {
  if (label == kAnything) return *std::max_element(row, row + width);
  return label == kAnyPhone ? *std::max_element(row + 1, row + width) : row[label];
}

// A prefix of the beam: its probability with and without a blank at the end.
struct Prefix {
  double blank = kImpossible, phone = kImpossible;
  double total() const { return add_logs(blank, phone); }
};
using Beam = std::map<Outputs, Prefix>;

void extend(
    const Outputs& labels, const Prefix& prefix, const float* row, int64_t width, Beam& to) {
  Prefix& same = to[labels];
  same.blank = add_logs(same.blank, prefix.total() + row[0]);
  if (!labels.empty()) same.phone = add_logs(same.phone, prefix.phone + row[labels.back()]);
  constexpr double kHopeless = -12;  // natural log: no path worth keeping goes through it
  for (int64_t k = 1; k < width; ++k) {
    if (row[k] < kHopeless) continue;
    Outputs longer = labels;
    longer.push_back(k);
    // The same phone twice needs a blank between.
    const double before = !labels.empty() && labels.back() == k ? prefix.blank : prefix.total();
    Prefix& next = to[longer];
    next.phone = add_logs(next.phone, before + row[k]);
  }
}

// distance[i][j]: edits between the first i expected and the first j heard.
std::vector<std::vector<int64_t>> edit_table(const Outputs& expected, const Outputs& heard) {
  std::vector<std::vector<int64_t>> d(expected.size() + 1, std::vector<int64_t>(heard.size() + 1));
  for (size_t i = 0; i <= expected.size(); ++i) {
    for (size_t j = 0; j <= heard.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int64_t>(i + j);
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1,
                          d[i][j - 1] + 1,
                          d[i - 1][j - 1] + (expected[i - 1] == heard[j - 1] ? 0 : 1)});
    }
  }
  return d;
}

// Over all paths of the labels through the rows: their sum, or with `best` the likeliest one.
double path_score(const CtcRows& rows, const Outputs& labels, bool best) {
  const size_t states = 2 * labels.size() + 1;  // blanks around each label
  const auto joined = [&](double a, double b) { return best ? std::max(a, b) : add_logs(a, b); };
  std::vector<double> alpha(states, kImpossible), before;
  for (int64_t t = 0; t < rows.frames; ++t) {
    const float* row = rows.row(t);
    before = alpha;
    for (size_t s = 0; s < states; ++s) {
      double sum = t == 0 ? (s < 2 ? 0 : kImpossible) : before[s];
      if (t > 0 && s > 0) sum = joined(sum, before[s - 1]);
      if (t > 0 && s % 2 == 1 && s > 2 && labels[s / 2] != labels[s / 2 - 1])
        sum = joined(sum, before[s - 2]);
      alpha[s] = sum + (s % 2 == 0 ? row[0] : label_score(row, rows.width, labels[s / 2]));
    }
  }
  if (rows.frames == 0) return labels.empty() ? 0 : kImpossible;
  return states == 1 ? alpha[0] : joined(alpha[states - 1], alpha[states - 2]);
}

}  // namespace

Outputs ctc_greedy(const CtcRows& rows) {
  Outputs out;
  int64_t last = 0;
  for (int64_t t = 0; t < rows.frames; ++t) {
    const float* row = rows.row(t);
    const int64_t best = std::max_element(row, row + rows.width) - row;
    if (best != 0 && best != last) out.push_back(best);
    last = best;
  }
  return out;
}

Outputs ctc_beam(const CtcRows& rows, int64_t width) {
  Beam beam;
  beam[{}].blank = 0;
  for (int64_t t = 0; t < rows.frames; ++t) {
    Beam next;
    for (const auto& [labels, prefix] : beam) extend(labels, prefix, rows.row(t), rows.width, next);
    std::vector<std::pair<double, const Outputs*>> order;
    for (const auto& [labels, prefix] : next) order.emplace_back(-prefix.total(), &labels);
    const size_t keep = std::min(order.size(), static_cast<size_t>(width));
    std::partial_sort(order.begin(), order.begin() + keep, order.end());
    Beam best;
    for (size_t i = 0; i < keep; ++i) best[*order[i].second] = next[*order[i].second];
    beam = std::move(best);
  }
  const auto likelier = [](const auto& a, const auto& b) {
    return a.second.total() < b.second.total();
  };
  return std::max_element(beam.begin(), beam.end(), likelier)->first;
}

double ctc_log_likelihood(const CtcRows& rows, const Outputs& labels) {
  return path_score(rows, labels, false);
}

double ctc_fit(const CtcRows& rows, const Outputs& labels, size_t begin, size_t end) {
  Outputs open(labels.begin(), labels.begin() + begin);
  open.push_back(kAnything);
  open.insert(open.end(), labels.begin() + end, labels.end());
  const auto count = static_cast<double>(std::max<size_t>(1, end - begin));
  const double fit = path_score(rows, labels, true);
  return std::isinf(fit) ? fit : (fit - path_score(rows, open, true)) / count;
}

Edits count_edits(const Outputs& expected, const Outputs& heard) {
  const EditPath path = edit_path(expected, heard);
  const auto missed = std::count(path.heard.begin(), path.heard.end(), false);
  int64_t inserted = 0;
  for (const int64_t n : path.inserted) inserted += n;
  // A phone replaced by another is one that was not heard, and no insertion.
  const auto extra = static_cast<int64_t>(heard.size()) - static_cast<int64_t>(expected.size());
  Edits edits;
  edits.inserted = inserted;
  edits.deleted = inserted - extra;
  edits.substituted = missed - edits.deleted;
  return edits;
}

EditPath edit_path(const Outputs& expected, const Outputs& heard) {
  const auto d = edit_table(expected, heard);
  EditPath path;
  path.heard.assign(expected.size(), false);
  path.inserted.assign(expected.size() + 1, 0);
  size_t i = expected.size(), j = heard.size();
  while (i > 0 || j > 0) {
    const bool same = i > 0 && j > 0 && expected[i - 1] == heard[j - 1];
    if (i > 0 && j > 0 && d[i][j] == d[i - 1][j - 1] + (same ? 0 : 1)) {
      path.heard[--i] = same;
      --j;
    } else if (j > 0 && d[i][j] == d[i][j - 1] + 1) {
      ++path.inserted[i];
      --j;
    } else {
      --i;
    }
  }
  return path;
}

}  // namespace tts
