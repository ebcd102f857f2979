// Aligner::fit: rounds of "train on the labels, then label anew".
#include <algorithm>
#include <chrono>
#include <cmath>

#include "analysis/aligner_model.h"
#include "core/error.h"

namespace tts {
namespace {

constexpr double kSoftScale = 0.5;  // neighbouring frames are not independent evidence
constexpr int64_t kLongPhone = 30;  // frames
constexpr double kFirstRate = 1e-3, kLastRate = 2e-4;
constexpr int64_t kStepsPerRound =
    400;  // at least, where batches of 32 allow: a small set needs them
constexpr int64_t kSmallestBatch = 32, kLargestBatch = 512;

enum class Stage { kFlat, kSoft, kHard };
constexpr const char* kStageNames[] = {"flat", "soft", "hard"};

// One item's part of the training.
struct Utterance {
  const AlignerItem* item;
  AlignmentGraph graph;
  std::vector<FrameTarget> targets;  // [T]
  bool held_out;
};

class AlignerFit {
 public:
  AlignerFit(const AlignerOptions& options, AlignerModel& model)
      : options_(options), model_(model) {}

  AlignerReport run(const std::vector<AlignerItem>& items, const Aligner::Progress& progress) {
    collect(items);
    start();
    std::vector<Stage> stages(options_.flat_rounds, Stage::kFlat);
    stages.insert(stages.end(), options_.soft_rounds, Stage::kSoft);
    stages.insert(stages.end(), options_.hard_rounds, Stage::kHard);
    torch::optim::Adam optimiser(model_.classifier->parameters(),
                                 torch::optim::AdamOptions(kFirstRate));
    for (size_t i = 0; i < stages.size(); ++i) {
      const bool last = i + 1 == stages.size();
      const double done = last ? 1 : double(i) / double(stages.size() - 1);
      AlignerRound round;
      round.kind = kStageNames[static_cast<int>(stages[i])];
      round.loss = train_epoch(model_.classifier,
                               optimiser,
                               set_,
                               rows_,
                               gather_targets(),
                               random_,
                               epoch_options(done));
      relabel(last ? Stage::kHard : stages[i + 1], round);
      round.seconds = seconds();
      report_.rounds.push_back(round);
      if (progress && !progress(round)) fail(ErrorCode::kCancelled, "aligner training was stopped");
    }
    return report_;
  }

 private:
  void collect(const std::vector<AlignerItem>& items) {
    for (const AlignerItem& item : items) {
      check_item(item, options_.bands);
      model_.classes.add(item);
    }
    if (model_.classes.count() < 2) fail(ErrorCode::kInput, "aligner: the items hold no phones");
    for (size_t i = 0; i < items.size(); ++i) {
      const std::vector<int> classes = model_.classes.of(items[i]);
      AlignmentGraph graph(items[i].kinds, classes, options_.graph);
      if (items[i].log_mel.size(0) < graph.shortest()) {
        report_.skipped.push_back(items[i].id);
        continue;
      }
      const int every = options_.held_out_every;
      const bool held_out = every > 0 && i % every == static_cast<size_t>(every) - 1;
      set_.add(cepstra(items[i].log_mel));
      utterances_.push_back(
          {&items[i], std::move(graph), flat_targets(items[i], classes), held_out});
    }
    if (utterances_.empty())
      fail(ErrorCode::kInput, "aligner: no item has as many frames as symbols");
    set_.finish();
  }

  void start() {
    for (size_t u = 0; u < utterances_.size(); ++u) {
      if (utterances_[u].held_out) continue;
      const int64_t utterance = static_cast<int64_t>(u);
      for (int64_t t = 0; t < set_.frames(utterance); ++t) {
        rows_.push_back(set_.first_row(utterance) + t);
      }
    }
    model_.classifier = FrameClassifier(options_.hidden, model_.columns(), options_.seed);
    torch::NoGradGuard no_grad;
    const Tensor all = set_.features();
    const int64_t copies = 2 * FrameSet::kContext + 1;
    model_.classifier->mean.copy_(all.mean(0).repeat({copies}));
    model_.classifier->deviation.copy_(all.std(0).clamp_min(1e-3).repeat({copies}));
  }

  EpochOptions epoch_options(double done) const {
    EpochOptions epoch;
    epoch.learning_rate = kFirstRate * std::pow(kLastRate / kFirstRate, done);
    const auto frames = static_cast<int64_t>(rows_.size());
    epoch.batch = std::clamp(frames / kStepsPerRound, kSmallestBatch, kLargestBatch);
    return epoch;
  }

  // The training items' targets in the order of rows_, and the prior that follows from them.
  std::vector<FrameTarget> gather_targets() {
    std::vector<FrameTarget> targets;
    for (const Utterance& u : utterances_) {
      if (!u.held_out) targets.insert(targets.end(), u.targets.begin(), u.targets.end());
    }
    std::vector<float> counts(model_.columns(), 1.0f);
    for (const FrameTarget& target : targets) {
      for (size_t k = 0; k < target.column.size(); ++k)
        counts[target.column[k]] += target.weight[k];
    }
    const Tensor prior = torch::tensor(counts);
    model_.log_prior = torch::log(prior / prior.sum());
    return targets;
  }

  // New targets for the stage that follows, and what the round is worth.
  void relabel(Stage next, AlignerRound& round) {
    const double prior_weight =
        next == Stage::kHard ? options_.final_prior_weight : options_.prior_weight;
    int64_t phones = 0, long_phones = 0, frames = 0, right = 0;
    for (size_t u = 0; u < utterances_.size(); ++u) {
      Utterance& here = utterances_[u];
      const Tensor emissions =
          model_.emissions(set_.stacked(static_cast<int64_t>(u)), prior_weight);
      const Alignment alignment = best_path(*here.item, here.graph, emissions);
      round.mean_score += alignment.score / double(utterances_.size());
      for (size_t i = 0; i < alignment.durations.size(); ++i) {
        const SymbolKind kind = here.item->kinds[i];
        phones += kind == SymbolKind::kPhone;
        long_phones += kind == SymbolKind::kPhone && alignment.durations[i] > kLongPhone;
        round.pauses += kind == SymbolKind::kBoundary && alignment.durations[i] > 0;
      }
      if (next != Stage::kFlat) here.targets = targets_of(here, emissions, next);
      if (here.held_out) count_right(here, emissions, prior_weight, right, frames);
    }
    round.long_phones = phones ? double(long_phones) / double(phones) : 0;
    round.held_out_accuracy = frames ? double(right) / double(frames) : 0;
  }

  static std::vector<FrameTarget> targets_of(const Utterance& here,
                                             const Tensor& emissions,
                                             Stage stage) {
    const auto frames = static_cast<int>(emissions.size(0));
    const auto columns = static_cast<int>(emissions.size(1));
    if (stage == Stage::kHard) {
      return path_targets(here.graph,
                          here.graph.viterbi(emissions.data_ptr<float>(), frames, columns));
    }
    const Tensor scaled = emissions * kSoftScale;
    return posterior_targets(
        here.graph, here.graph.posteriors(scaled.data_ptr<float>(), frames, columns), frames);
  }

  // Does the classifier alone, without the symbols, hear what the best path says?
  void count_right(const Utterance& here,
                   const Tensor& emissions,
                   double prior_weight,
                   int64_t& right,
                   int64_t& frames) {
    const auto columns = static_cast<int>(emissions.size(1));
    const auto count = static_cast<int>(emissions.size(0));
    const auto path = here.graph.viterbi(emissions.data_ptr<float>(), count, columns);
    const Tensor posterior =
        emissions.slice(1, 0, model_.columns()) + prior_weight * model_.log_prior;
    const Tensor likeliest = posterior.argmax(1).contiguous();
    for (int t = 0; t < count; ++t) {
      right += likeliest.data_ptr<int64_t>()[t] == here.graph.column(path[t]);
    }
    frames += count;
  }

  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

  const AlignerOptions& options_;
  AlignerModel& model_;
  AlignerReport report_;
  std::vector<Utterance> utterances_;
  FrameSet set_;
  std::vector<int64_t> rows_;  // of the training items
  std::mt19937_64 random_{options_.seed};
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace

AlignerReport Aligner::fit(const std::vector<AlignerItem>& items, const Progress& progress) {
  auto model = std::make_unique<AlignerModel>();
  AlignerReport report = AlignerFit(options_, *model).run(items, progress);
  model_ = std::move(model);
  return report;
}

}  // namespace tts
