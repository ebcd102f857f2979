#include "analysis/phone_alignment.h"

#include <algorithm>

#include "analysis/aligner.h"

namespace tts {
namespace {

constexpr int kColumnsPerOutput = AlignmentGraph::kStatesPerClass;

GraphOptions codec_rate_options() {
  GraphOptions o;
  o.short_phone_cost = 0.3;  // a frame is 20 ms here: short phones are common
  o.shortest_pause = 2;
  return o;
}

// The states of a class are as likely as its output; the class after the last output is any phone.
// → [T, 2 (width + 1)]
std::vector<float> graph_emissions(const CtcRows& frames) {
  const int64_t columns = kColumnsPerOutput * (frames.width + 1);
  std::vector<float> out(static_cast<size_t>(frames.frames * columns));
  for (int64_t t = 0; t < frames.frames; ++t) {
    const float* row = frames.row(t);
    float* to = out.data() + t * columns;
    for (int64_t k = 0; k < frames.width; ++k)
      std::fill_n(to + kColumnsPerOutput * k, kColumnsPerOutput, row[k]);
    std::fill_n(to + kColumnsPerOutput * frames.width,
                kColumnsPerOutput,
                *std::max_element(row + 1, row + frames.width));
  }
  return out;
}

}  // namespace

PhoneAlignment align_phones(const CtcRows& frames,
                            const std::vector<Symbol>& symbols,
                            const Outputs& outputs) {
  std::vector<SymbolKind> kinds;
  std::vector<int> classes;
  for (size_t i = 0; i < symbols.size(); ++i) {
    kinds.push_back(symbol_kind(symbols[i]));
    const bool phone = kinds.back() == SymbolKind::kPhone;
    const int64_t output = outputs[i] == kAnyPhone ? frames.width : outputs[i];
    classes.push_back(phone ? static_cast<int>(output) : 0);
  }
  const AlignmentGraph graph(kinds, classes, codec_rate_options());
  const std::vector<float> emissions = graph_emissions(frames);
  const int columns = static_cast<int>(kColumnsPerOutput * (frames.width + 1));
  const auto path = graph.viterbi(emissions.data(), static_cast<int>(frames.frames), columns);
  PhoneAlignment out;
  out.possible = !path.empty();
  if (!out.possible) return out;
  out.durations.assign(symbols.size(), 0);
  int64_t phone_frames = 0;
  for (size_t t = 0; t < path.size(); ++t) {
    const int symbol = graph.symbol(path[t]);
    ++out.durations[symbol];
    if (kinds[symbol] != SymbolKind::kPhone) continue;
    out.score += emissions[t * columns + graph.column(path[t])];
    ++phone_frames;
  }
  out.score /= std::max<int64_t>(1, phone_frames);
  return out;
}

}  // namespace tts
