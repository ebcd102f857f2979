// What each frame should be: from an even spread, from a path, from posteriors.
#include <algorithm>

#include "analysis/aligner_model.h"

namespace tts {
namespace {

constexpr int kStates = AlignmentGraph::kStatesPerClass;
constexpr int kShortestGap = 12;         // frames: a closure of a stop is shorter
constexpr int kShortestSpeech = 4;       // frames: a click is shorter
constexpr double kLongPhoneShare = 1.6;  // its share of the time, against 1

FrameTarget certain(int column) {
  FrameTarget target;
  target.column.fill(static_cast<int16_t>(column));
  target.weight = {1, 0, 0, 0};
  return target;
}

// Turns runs of `value` shorter than `shortest` into the opposite.
void remove_short_runs(std::vector<bool>& flags, bool value, int shortest) {
  for (size_t begin = 0; begin < flags.size();) {
    size_t end = begin;
    while (end < flags.size() && flags[end] == flags[begin]) ++end;
    if (flags[begin] == value && end - begin < static_cast<size_t>(shortest)) {
      std::fill(flags.begin() + begin, flags.begin() + end, !value);
    }
    begin = end;
  }
}

// The columns of the utterance's phones with the time at which each ends, the whole being 1.
struct Spread {
  std::vector<int> columns;
  std::vector<double> ends;
};

Spread spread_of(const AlignerItem& item, const std::vector<int>& classes) {
  Spread spread;
  double total = 0;
  for (size_t i = 0; i < item.kinds.size(); ++i) {
    if (item.kinds[i] != SymbolKind::kPhone) continue;
    const double length = item.attributes[i] / 3 % 2 ? kLongPhoneShare : 1;
    for (int s = 0; s < kStates; ++s) {
      spread.columns.push_back(kStates * classes[i] + s);
      spread.ends.push_back(total += length / kStates);
    }
  }
  for (double& end : spread.ends) end /= total;
  return spread;
}

}  // namespace

std::vector<FrameTarget> flat_targets(const AlignerItem& item, const std::vector<int>& classes) {
  std::vector<bool> loud = loud_frames(item.log_mel);
  remove_short_runs(loud, true, kShortestSpeech);
  remove_short_runs(loud, false, kShortestGap);
  const auto speech = static_cast<double>(std::count(loud.begin(), loud.end(), true));
  const Spread spread = spread_of(item, classes);
  std::vector<FrameTarget> targets(loud.size(), certain(0));
  size_t at = 0;
  int passed = 0;
  for (size_t t = 0; t < loud.size(); ++t) {
    if (!loud[t] || spread.columns.empty()) continue;
    while (at + 1 < spread.ends.size() && spread.ends[at] < (passed + 0.5) / speech) ++at;
    targets[t] = certain(spread.columns[at]);
    ++passed;
  }
  return targets;
}

std::vector<FrameTarget> path_targets(const AlignmentGraph& graph, const std::vector<int>& path) {
  std::vector<FrameTarget> targets;
  for (const int state : path) targets.push_back(certain(graph.column(state)));
  return targets;
}

std::vector<FrameTarget> posterior_targets(const AlignmentGraph& graph,
                                           const std::vector<float>& posteriors,
                                           int frames) {
  std::vector<FrameTarget> targets;
  std::map<int, float> weights;  // of columns: states share them
  for (int t = 0; t < frames; ++t) {
    const float* row = posteriors.data() + static_cast<size_t>(t) * graph.states();
    weights.clear();
    for (int s = 0; s < graph.states(); ++s) {
      if (row[s] > 0.01f) weights[graph.column(s)] += row[s];
    }
    std::vector<std::pair<float, int>> likeliest;
    for (const auto& [column, weight] : weights) likeliest.push_back({weight, column});
    std::sort(likeliest.rbegin(), likeliest.rend());
    likeliest.resize(std::min<size_t>(likeliest.size(), 4));
    FrameTarget target;
    float sum = 0;
    for (const auto& entry : likeliest) sum += entry.first;
    for (size_t k = 0; k < likeliest.size(); ++k) {
      target.column[k] = static_cast<int16_t>(likeliest[k].second);
      target.weight[k] = likeliest[k].first / sum;
    }
    targets.push_back(target);
  }
  return targets;
}

}  // namespace tts
