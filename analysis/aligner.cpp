#include "analysis/aligner.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "analysis/aligner_model.h"
#include "core/error.h"

namespace tts {

SymbolKind symbol_kind(const Symbol& symbol) {
  static const std::vector<std::string> punctuation = {",", ".", "?", "!", ";", ":", "…", "—"};
  if (symbol.phone == kSilence) return SymbolKind::kSilence;
  if (symbol.phone == kWordBoundary) return SymbolKind::kBoundary;
  const bool mark = std::count(punctuation.begin(), punctuation.end(), symbol.phone) > 0;
  return mark || symbol.phone == kPause ? SymbolKind::kPunctuation : SymbolKind::kPhone;
}

int64_t PhoneClasses::key_of(const AlignerItem& item, size_t i) {
  return 2 * item.symbols[i] + item.attributes[i] / 3 % 2;
}

void PhoneClasses::add_key(int64_t key) {
  if (class_of_.emplace(key, count()).second) keys_.push_back(key);
}

void PhoneClasses::add(const AlignerItem& item) {
  for (size_t i = 0; i < item.kinds.size(); ++i) {
    if (item.kinds[i] == SymbolKind::kPhone) add_key(key_of(item, i));
  }
}

std::vector<int> PhoneClasses::of(const AlignerItem& item) const {
  std::vector<int> classes(item.kinds.size(), 0);
  for (size_t i = 0; i < classes.size(); ++i) {
    if (item.kinds[i] != SymbolKind::kPhone) continue;
    const auto found = class_of_.find(key_of(item, i));
    classes[i] = found == class_of_.end() ? count() : found->second;
  }
  return classes;
}

void check_item(const AlignerItem& item, int64_t bands) {
  const size_t n = item.symbols.size();
  if (n == 0 || item.attributes.size() != n || item.kinds.size() != n) {
    fail(ErrorCode::kInput,
         "alignment of ",
         item.id,
         ": ",
         n,
         " symbols, ",
         item.attributes.size(),
         " attributes and ",
         item.kinds.size(),
         " kinds; there must be as many of each, at least one");
  }
  if (!item.log_mel.defined() || item.log_mel.dim() != 2 || item.log_mel.size(0) == 0 ||
      item.log_mel.size(1) != bands || item.log_mel.scalar_type() != torch::kFloat) {
    fail(ErrorCode::kInput,
         "alignment of ",
         item.id,
         ": log_mel must be float [T, ",
         bands,
         "] with at least one frame");
  }
}

// The average phone: the mean of the phones' likelihoods, in each of the two states.
Tensor AlignerModel::emissions(const Tensor& stacked, double prior_weight) const {
  torch::NoGradGuard no_grad;
  FrameClassifier network = classifier;
  const Tensor known = network(stacked) - prior_weight * log_prior;
  const Tensor phones = known.slice(1, AlignmentGraph::kStatesPerClass);
  const Tensor by_state = phones.reshape({phones.size(0), -1, AlignmentGraph::kStatesPerClass});
  const Tensor average = torch::logsumexp(by_state, 1) - std::log(double(by_state.size(1)));
  return torch::cat({known, average}, 1).contiguous();
}

Alignment best_path(const AlignerItem& item, const AlignmentGraph& graph, const Tensor& emissions) {
  Alignment out;
  out.durations.assign(item.symbols.size(), 0);
  const auto frames = static_cast<int>(emissions.size(0));
  const auto columns = static_cast<int>(emissions.size(1));
  const float* score = emissions.data_ptr<float>();
  const std::vector<int> path = graph.viterbi(score, frames, columns);
  if (path.empty()) {
    const auto n = static_cast<int64_t>(out.durations.size());
    for (int64_t i = 0; i < n; ++i) {
      out.durations[i] = (i + 1) * frames / n - i * frames / n;
    }
    out.possible = false;
    out.score = -100;
    return out;
  }
  double sum = 0;
  int64_t counted = 0;
  for (int t = 0; t < frames; ++t) {
    const int symbol = graph.symbol(path[t]);
    ++out.durations[symbol];
    if (item.kinds[symbol] != SymbolKind::kPhone) continue;
    sum += score[static_cast<int64_t>(t) * columns + graph.column(path[t])];
    ++counted;
  }
  out.score = counted ? sum / double(counted) : 0;
  return out;
}

Aligner::Aligner(AlignerOptions options) : options_(options) {
  if (options_.bands < 1 || options_.hidden < 1 || options_.graph.shortest_pause < 1) {
    fail(ErrorCode::kUsage, "aligner: bands, hidden and shortest_pause must be at least 1");
  }
}

Aligner::~Aligner() = default;
Aligner::Aligner(Aligner&&) noexcept = default;
Aligner& Aligner::operator=(Aligner&&) noexcept = default;

Alignment Aligner::align(const AlignerItem& item) const {
  if (!model_) fail(ErrorCode::kInternal, "aligner: align() before fit() or load()");
  check_item(item, options_.bands);
  FrameSet set;
  set.add(cepstra(item.log_mel));
  set.finish();
  const AlignmentGraph graph(item.kinds, model_->classes.of(item), options_.graph);
  return best_path(item, graph, model_->emissions(set.stacked(0), options_.final_prior_weight));
}

std::map<std::string, Tensor> Aligner::state() const {
  if (!model_) fail(ErrorCode::kInternal, "aligner: state() before fit() or load()");
  std::map<std::string, Tensor> out;
  for (const auto& entry : model_->classifier->named_parameters()) {
    out["classifier." + entry.key()] = entry.value().detach();
  }
  for (const auto& entry : model_->classifier->named_buffers()) {
    out["classifier." + entry.key()] = entry.value();
  }
  out["phones"] = torch::tensor(model_->classes.keys(), torch::kLong);
  out["log_prior"] = model_->log_prior;
  return out;
}

void Aligner::load(const std::map<std::string, Tensor>& state) {
  const auto find = [&](const std::string& name) {
    const auto found = state.find(name);
    if (found == state.end()) fail(ErrorCode::kVoice, "aligner: tensor \"", name, "\" is missing");
    return found->second.detach().to(torch::kCPU);
  };
  auto model = std::make_unique<AlignerModel>();
  const Tensor phones = find("phones").to(torch::kLong).contiguous();
  for (int64_t i = 0; i < phones.numel(); ++i) {
    model->classes.add_key(phones.data_ptr<int64_t>()[i]);
  }
  model->classifier = FrameClassifier(options_.hidden, model->columns(), options_.seed);
  torch::NoGradGuard no_grad;
  const auto copy = [&](const std::string& name, Tensor into) {
    const Tensor from = find(name);
    if (from.sizes() != into.sizes()) {
      fail(ErrorCode::kVoice,
           "aligner: tensor \"",
           name,
           "\" has shape ",
           from.sizes(),
           "; it must have ",
           into.sizes());
    }
    into.copy_(from);
  };
  for (auto& entry : model->classifier->named_parameters())
    copy("classifier." + entry.key(), entry.value());
  for (auto& entry : model->classifier->named_buffers())
    copy("classifier." + entry.key(), entry.value());
  model->log_prior = torch::empty({model->columns()});
  copy("log_prior", model->log_prior);
  model_ = std::move(model);
}

std::vector<int64_t> to_codec_frames(const std::vector<int64_t>& durations) {
  std::vector<int64_t> out;
  int64_t sum = 0, before = 0;
  for (const int64_t duration : durations) {
    sum += duration;
    const int64_t boundary = (sum + 1) / 2;
    out.push_back(boundary - before);
    before = boundary;
  }
  return out;
}

}  // namespace tts
