#include "analysis/alignment_graph.h"

#include <algorithm>
#include <cmath>

namespace tts {
namespace {

constexpr float kNever = -1e30f;

// log(exp(a) + exp(b)), with kNever for log 0.
float log_add(float a, float b) {
  if (a < b) std::swap(a, b);
  const float distance = b - a;
  return distance < -17 ? a : a + std::log1p(std::exp(distance));
}

bool may_be_empty(SymbolKind kind) {
  return kind == SymbolKind::kPunctuation || kind == SymbolKind::kBoundary;
}

// For each symbol: may it be a pause, or does a kSilence beside it take all frames?
std::vector<bool> swallowed(const std::vector<SymbolKind>& kinds) {
  const size_t n = kinds.size();
  std::vector<bool> out(n, false);
  bool beside = false;
  for (size_t i = 0; i < n; ++i) {
    beside = kinds[i] == SymbolKind::kSilence || (beside && may_be_empty(kinds[i]));
    if (beside && may_be_empty(kinds[i])) out[i] = true;
  }
  beside = false;
  for (size_t i = n; i-- > 0;) {
    beside = kinds[i] == SymbolKind::kSilence || (beside && may_be_empty(kinds[i]));
    if (beside && may_be_empty(kinds[i])) out[i] = true;
  }
  return out;
}

}  // namespace

AlignmentGraph::AlignmentGraph(const std::vector<SymbolKind>& kinds,
                               const std::vector<int>& classes,
                               const GraphOptions& options)
    : open_{{-1, 0.0f}} {
  const std::vector<bool> skipped = swallowed(kinds);
  for (size_t i = 0; i < kinds.size(); ++i) {
    if (skipped[i]) continue;
    const int symbol = static_cast<int>(i);
    switch (kinds[i]) {
      case SymbolKind::kPhone:
        add_phone(symbol, classes[i], options);
        break;
      case SymbolKind::kSilence:
        add_silence(symbol);
        break;
      case SymbolKind::kPunctuation:
        add_pause(symbol, 0, options);
        break;
      case SymbolKind::kBoundary:
        add_pause(symbol, options.pause_cost, options);
        break;
    }
    if (!may_be_empty(kinds[i])) ++shortest_;
  }
}

int AlignmentGraph::add_state(int symbol, int column, Arcs before) {
  const int state = states();
  column_.push_back(column);
  symbol_.push_back(symbol);
  before.insert(before.begin(), Arc{state, 0});
  before_.push_back(std::move(before));
  return state;
}

void AlignmentGraph::enter(int symbol, int column, double cost) {
  Arcs before = open_;
  for (Arc& arc : before) arc.cost += static_cast<float>(cost);
  add_state(symbol, column, std::move(before));
}

void AlignmentGraph::add_phone(int symbol, int phone_class, const GraphOptions& options) {
  const int column = kStatesPerClass * phone_class, first = states();
  enter(symbol, column, 0);
  const int second = add_state(symbol, column + 1, {{first, 0}});
  open_ = {{second, 0}, {first, static_cast<float>(options.short_phone_cost)}};
}

void AlignmentGraph::add_silence(int symbol) {
  const int first = states();
  enter(symbol, 0, 0);
  const int second = add_state(symbol, 1, {{first, 0}});
  open_ = {{second, 0}, {first, 0}};
}

void AlignmentGraph::add_pause(int symbol, double cost, const GraphOptions& options) {
  const Arcs around = open_;
  const int first = states();
  enter(symbol, 0, cost);
  for (int i = 1; i < options.shortest_pause; ++i) {
    add_state(symbol, 2 * i < options.shortest_pause ? 0 : 1, {{first + i - 1, 0}});
  }
  open_ = {{states() - 1, 0}};
  open_.insert(open_.end(), around.begin(), around.end());
}

std::vector<int> AlignmentGraph::viterbi(const float* emissions, int frames, int columns) const {
  if (frames < shortest_ || frames == 0 || states() == 0) return {};
  const int n = states();
  std::vector<float> score(n, kNever), next(n);
  std::vector<int> from(static_cast<size_t>(frames) * n, -1);
  for (int t = 0; t < frames; ++t) {
    const float* emission = emissions + static_cast<int64_t>(t) * columns;
    for (int s = 0; s < n; ++s) {
      float best = kNever;
      for (const Arc& arc : before_[s]) {
        const float here = arc.from < 0 ? (t == 0 ? 0 : kNever) : t == 0 ? kNever : score[arc.from];
        if (here - arc.cost > best) {
          best = here - arc.cost;
          from[static_cast<size_t>(t) * n + s] = arc.from;
        }
      }
      next[s] = best <= kNever / 2 ? kNever : best + emission[column_[s]];
    }
    score.swap(next);
  }
  int state = -1;
  float best = kNever / 2;
  for (const Arc& arc : open_) {
    if (arc.from >= 0 && score[arc.from] - arc.cost > best) {
      best = score[arc.from] - arc.cost;
      state = arc.from;
    }
  }
  std::vector<int> path;
  if (state < 0) return path;
  path.resize(frames);
  for (int t = frames - 1; t >= 0; --t) {
    path[t] = state;
    state = from[static_cast<size_t>(t) * n + state];
  }
  return path;
}

// alpha: [T, states] log score of all paths that end in the state at the frame.
void AlignmentGraph::forward(const float* emissions,
                             int frames,
                             int columns,
                             std::vector<float>& alpha) const {
  const int n = states();
  for (int t = 0; t < frames; ++t) {
    const float* emission = emissions + static_cast<int64_t>(t) * columns;
    const float* previous = alpha.data() + static_cast<size_t>(std::max(t - 1, 0)) * n;
    for (int s = 0; s < n; ++s) {
      float sum = kNever;
      for (const Arc& arc : before_[s]) {
        if ((arc.from < 0) != (t == 0)) continue;
        const float part = (arc.from < 0 ? 0 : previous[arc.from]) - arc.cost;
        if (part > kNever / 2) sum = log_add(sum, part);
      }
      alpha[static_cast<size_t>(t) * n + s] =
          sum <= kNever / 2 ? kNever : sum + emission[column_[s]];
    }
  }
}

// beta: [T, states] log score of all ways to finish after the state at the frame.
void AlignmentGraph::backward(const float* emissions,
                              int frames,
                              int columns,
                              std::vector<float>& beta) const {
  const int n = states();
  std::fill(beta.begin(), beta.end(), kNever);
  for (const Arc& arc : open_) {
    if (arc.from < 0) continue;
    float& last = beta[static_cast<size_t>(frames - 1) * n + arc.from];
    last = log_add(last, -arc.cost);
  }
  for (int t = frames - 1; t > 0; --t) {
    const float* emission = emissions + static_cast<int64_t>(t) * columns;
    for (int s = 0; s < n; ++s) {
      const float ahead = beta[static_cast<size_t>(t) * n + s] + emission[column_[s]];
      if (ahead <= kNever / 2) continue;
      for (const Arc& arc : before_[s]) {
        if (arc.from < 0) continue;
        float& back = beta[static_cast<size_t>(t - 1) * n + arc.from];
        back = log_add(back, ahead - arc.cost);
      }
    }
  }
}

std::vector<float> AlignmentGraph::posteriors(const float* emissions,
                                              int frames,
                                              int columns,
                                              double* total) const {
  if (frames < shortest_ || frames == 0 || states() == 0) return {};
  const size_t size = static_cast<size_t>(frames) * states();
  std::vector<float> alpha(size, kNever), beta(size);
  forward(emissions, frames, columns, alpha);
  backward(emissions, frames, columns, beta);
  float sum = kNever;
  const size_t last = size - states();
  for (int s = 0; s < states(); ++s) sum = log_add(sum, alpha[last + s] + beta[last + s]);
  if (total) *total = sum;
  for (size_t i = 0; i < size; ++i) alpha[i] = std::exp(std::min(0.0f, alpha[i] + beta[i] - sum));
  return alpha;
}

}  // namespace tts
