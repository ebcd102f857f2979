#include "analysis/alignment_graph.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/test.h"

using namespace tts;

namespace {

using Kind = SymbolKind;

// [T, columns] with `high` at one column of each frame, 0 elsewhere.
std::vector<float> emissions_of(const std::vector<int>& columns_at, int columns, float high = 5) {
  std::vector<float> out(columns_at.size() * columns, 0.0f);
  for (size_t t = 0; t < columns_at.size(); ++t) out[t * columns + columns_at[t]] = high;
  return out;
}

std::vector<int> durations_of(const AlignmentGraph& graph,
                              const std::vector<int>& path,
                              size_t symbols) {
  std::vector<int> out(symbols, 0);
  for (const int state : path) ++out[graph.symbol(state)];
  return out;
}

std::vector<int> align(const std::vector<Kind>& kinds,
                       const std::vector<int>& classes,
                       const std::vector<int>& columns_at) {
  const AlignmentGraph graph(kinds, classes, {});
  const int frames = static_cast<int>(columns_at.size());
  const auto path = graph.viterbi(emissions_of(columns_at, 8).data(), frames, 8);
  return durations_of(graph, path, kinds.size());
}

std::vector<float> random_emissions(int frames, int columns, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0, 2);
  std::vector<float> out(frames * columns);
  for (float& x : out) x = normal(random);
  return out;
}

}  // namespace

TEST_CASE("the best path goes where the emissions are, by hand") {
  // Silence is class 0 (columns 0 1), phones 1 (2 3), 2 (4 5), 3 (6 7).
  const std::vector<Kind> kinds = {Kind::kSilence, Kind::kPhone, Kind::kPhone, Kind::kSilence};
  const std::vector<int> at = {0, 0, 1, 2, 2, 3, 3, 4, 5, 5, 5, 5, 0, 1};
  CHECK(align(kinds, {0, 1, 2, 0}, at) == std::vector<int>{3, 4, 5, 2});
}

TEST_CASE("a phone of one frame is possible") {
  const std::vector<Kind> kinds = {Kind::kSilence, Kind::kPhone, Kind::kPhone, Kind::kSilence};
  CHECK(align(kinds, {0, 1, 2, 0}, {0, 1, 2, 4, 5, 0, 1}) == std::vector<int>{2, 1, 2, 2});
  CHECK(align(kinds, {0, 1, 2, 0}, {0, 2, 4, 0}) == std::vector<int>{1, 1, 1, 1});
}

TEST_CASE("a pause is taken where there is one, and has at least three frames") {
  const std::vector<Kind> kinds = {
      Kind::kSilence, Kind::kPhone, Kind::kBoundary, Kind::kPhone, Kind::kSilence};
  const std::vector<int> classes = {0, 1, 0, 2, 0};
  CHECK(align(kinds, classes, {0, 1, 2, 3, 0, 0, 1, 1, 4, 5, 0, 1}) ==
        std::vector<int>{2, 2, 4, 2, 2});
  CHECK(align(kinds, classes, {0, 1, 2, 3, 4, 5, 0, 1}) == std::vector<int>{2, 2, 0, 2, 2});
  // One frame of silence is none.
  const auto short_gap = align(kinds, classes, {0, 1, 2, 2, 3, 0, 4, 4, 5, 0, 1});
  CHECK(short_gap[2] == 0);
}

TEST_CASE("a pause at a word boundary costs, at a comma it does not") {
  // Three frames a little more like silence than like phones: 0.5 each, below the cost of 2.
  std::vector<float> emissions(9 * 8, 0.0f);
  const int at[] = {0, 2, 3, 0, 0, 1, 4, 5, 0};
  for (int t = 0; t < 9; ++t) emissions[t * 8 + at[t]] = t >= 3 && t <= 5 ? 0.5f : 5.0f;
  for (const Kind kind : {Kind::kBoundary, Kind::kPunctuation}) {
    const AlignmentGraph graph(
        {Kind::kSilence, Kind::kPhone, kind, Kind::kPhone, Kind::kSilence}, {0, 1, 0, 2, 0}, {});
    const auto durations = durations_of(graph, graph.viterbi(emissions.data(), 9, 8), 5);
    CHECK(durations[2] == (kind == Kind::kPunctuation ? 3 : 0));
  }
}

TEST_CASE("punctuation beside a silence is empty: the silence takes its frames") {
  const std::vector<Kind> kinds = {
      Kind::kSilence, Kind::kPhone, Kind::kBoundary, Kind::kPunctuation, Kind::kSilence};
  CHECK(align(kinds, {0, 1, 0, 0, 0}, {0, 1, 2, 3, 0, 0, 0, 0, 1, 1, 1}) ==
        std::vector<int>{2, 2, 0, 0, 7});
}

TEST_CASE("fewer frames than symbols: no path") {
  const AlignmentGraph graph(
      {Kind::kSilence, Kind::kPhone, Kind::kBoundary, Kind::kPhone, Kind::kSilence},
      {0, 1, 0, 2, 0},
      {});
  CHECK(graph.shortest() == 4);
  const auto emissions = random_emissions(4, 8, 1);
  CHECK(graph.viterbi(emissions.data(), 3, 8).empty());
  CHECK(graph.posteriors(emissions.data(), 3, 8).empty());
  CHECK(graph.viterbi(emissions.data(), 4, 8).size() == 4);
}

TEST_CASE("posteriors: each frame sums to 1, and the total agrees from every frame") {
  const AlignmentGraph graph({Kind::kSilence,
                              Kind::kPhone,
                              Kind::kBoundary,
                              Kind::kPhone,
                              Kind::kPunctuation,
                              Kind::kPhone,
                              Kind::kSilence},
                             {0, 1, 0, 2, 0, 3, 0},
                             {});
  const auto emissions = random_emissions(40, 8, 2);
  double total = 0;
  const auto posteriors = graph.posteriors(emissions.data(), 40, 8, &total);
  for (int t = 0; t < 40; ++t) {
    double sum = 0;
    for (int s = 0; s < graph.states(); ++s) sum += posteriors[t * graph.states() + s];
    CHECK(sum == doctest::Approx(1).epsilon(1e-3));
  }
  // Sharpened, the posteriors are the best path. A pause's states share a column, so that several
  // paths through them are as good: count them together.
  auto sharp = emissions;
  for (float& x : sharp) x *= 100;
  const auto path = graph.viterbi(sharp.data(), 40, 8);
  const auto certain = graph.posteriors(sharp.data(), 40, 8, &total);
  for (int t = 0; t < 40; ++t) {
    double here = 0;
    for (int s = 0; s < graph.states(); ++s) {
      const bool same =
          graph.symbol(s) == graph.symbol(path[t]) && graph.column(s) == graph.column(path[t]);
      if (same) here += certain[t * graph.states() + s];
    }
    CHECK(here > 0.99);
  }
}

TEST_CASE("the total is the sum over all paths, by hand") {
  // One phone between silences in four frames, emissions all 0: with the cost of a one-frame phone
  // 1, shapes (silence, phone, silence) of (2,1,1) (1,1,2) (1,2,1); silences count each split into
  // two states: a silence of 2 frames has the paths 00 and 01; a phone of two frames 01 or 00 (at
  // cost 1).
  const AlignmentGraph graph({Kind::kSilence, Kind::kPhone, Kind::kSilence}, {0, 1, 0}, {});
  const std::vector<float> zero(4 * 4, 0.0f);
  double total = 0;
  graph.posteriors(zero.data(), 4, 4, &total);
  const double expected = 2 * std::exp(-1) + 2 * std::exp(-1) + (1 + std::exp(-1));
  CHECK(total == doctest::Approx(std::log(expected)).epsilon(1e-4));
}
