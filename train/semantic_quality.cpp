#include "train/semantic_quality.h"

#include <algorithm>
#include <cmath>

#include "analysis/recogniser.h"
#include "core/error.h"

namespace tts {
namespace {

struct Margins {
  std::map<int64_t, double> token;
  std::map<std::string, double> of_class;
  double all = 0;
};

Margins margins_of(const Contingency& counts) {
  Margins m;
  for (const auto& [pair, count] : counts) {
    m.token[pair.first] += count;
    m.of_class[pair.second] += count;
    m.all += count;
  }
  return m;
}

template <typename Counts>
double entropy_of(const Counts& counts, double all) {
  double entropy = 0;
  for (const auto& [key, count] : counts) entropy -= count / all * std::log(count / all);
  return entropy;
}

double purity_of(const Contingency& counts, double all) {
  std::map<int64_t, double> most;
  for (const auto& [pair, count] : counts) most[pair.first] = std::max(most[pair.first], count);
  double sum = 0;
  for (const auto& [token, count] : most) sum += count;
  return sum / all;
}

// The phone of each frame, "" for silence.
std::vector<std::string> frame_phones(const Utterance& u, const std::vector<int64_t>& durations) {
  std::vector<std::string> out;
  for (size_t i = 0; i < durations.size(); ++i)
    out.insert(out.end(), static_cast<size_t>(durations[i]), recogniser_phone(u.symbols[i]));
  return out;
}

}  // namespace

double shared_information(const Contingency& counts) {
  const Margins m = margins_of(counts);
  const double classes = entropy_of(m.of_class, m.all);
  const double together = entropy_of(counts, m.all);
  return classes > 0 ? (classes + entropy_of(m.token, m.all) - together) / classes : 0;
}

SemanticQuality measure_semantic(const SemanticTokens& tokens,
                                 const std::vector<Utterance>& recordings,
                                 const Alignments& alignments) {
  Contingency phones, speakers;
  for (const auto& u : recordings) {
    const auto found = alignments.find(u.id);
    if (found == alignments.end() || found->second.durations.size() != u.symbols.size()) continue;
    const auto said = frame_phones(u, found->second.durations);
    const Tensor heard = tokens.tokens(u.samples()).contiguous();
    const auto frames = std::min(said.size(), static_cast<size_t>(heard.size(0)));
    for (size_t t = 0; t < frames; ++t) {
      const int64_t token = heard.data_ptr<int64_t>()[t];
      ++phones[{token, said[t]}];
      ++speakers[{token, u.speaker}];
    }
  }
  if (phones.empty())
    fail(ErrorCode::kInput, "no recording has an alignment: there is nothing to measure on");
  const Margins m = margins_of(phones);
  return {static_cast<int64_t>(m.all),
          shared_information(phones),
          purity_of(phones, m.all),
          shared_information(speakers),
          std::exp(entropy_of(m.token, m.all))};
}

}  // namespace tts
