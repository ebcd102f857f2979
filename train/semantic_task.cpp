#include "train/semantic_task.h"

#include <algorithm>
#include <cmath>

#include "codec/residual_quantiser.h"
#include "core/error.h"
#include "train/draw.h"

namespace tts {
namespace {

// Recordings for the statistics and for k-means, and of the latter every k-th frame.
constexpr size_t kStatisticsRecordings = 200, kTableRecordings = 500;
constexpr int64_t kTableFrameStep = 4;

// At most so many recordings, spread over all.
std::vector<const Utterance*> spread(const std::vector<Utterance>& all, size_t most) {
  std::vector<const Utterance*> out;
  const size_t count = std::min(most, all.size());
  for (size_t i = 0; i < count; ++i) out.push_back(&all[i * all.size() / count]);
  return out;
}

}  // namespace

SemanticTask::SemanticTask(SemanticEncoder encoder,
                           const Corpus& corpus,
                           SemanticTaskOptions options)
    : encoder_(std::move(encoder)),
      corpus_(corpus),
      options_(options),
      optimiser_((encoder_->to(options_.device), std::vector<torch::nn::Module*>{encoder_.get()}),
                 options_.optimiser) {
  if (corpus.train.empty()) fail(ErrorCode::kInput, "there is no recording to train on");
  torch::NoGradGuard no_grad;
  torch::manual_seed(options_.seed);
  std::vector<Tensor> frames;
  for (const auto* u : spread(corpus.train, kStatisticsRecordings)) frames.push_back(heard(*u));
  encoder_->set_statistics(torch::cat(frames));
}

Tensor SemanticTask::heard(const Utterance& u) const {
  return encoder_->heard(u.samples().unsqueeze(0).to(options_.device))[0];
}

SemanticTask::Crops SemanticTask::draw_crops() const {
  torch::NoGradGuard no_grad;
  std::vector<Tensor> rows;
  std::vector<int64_t> lengths;
  for (int64_t b = 0; b < options_.batch; ++b) {
    const Tensor whole = heard(corpus_.train[draw_index(corpus_.train.size())]);
    const int64_t frames = std::min(whole.size(0), options_.crop_frames);
    const auto begin = static_cast<int64_t>(draw_index(whole.size(0) - frames + 1));
    rows.push_back(whole.slice(0, begin, begin + frames));
    lengths.push_back(frames);
  }
  return {torch::nn::utils::rnn::pad_sequence(rows, true),
          torch::tensor(lengths).to(options_.device)};
}

Tensor SemanticTask::random_spans(int64_t rows, int64_t frames) const {
  // A frame stays in sight if none of the frames before it begins a span.
  const double begins =
      1 - std::pow(1 - options_.masked_share, 1.0 / static_cast<double>(options_.span_frames));
  const Tensor first = torch::rand({rows, 1, frames + options_.span_frames - 1}) < begins;
  return torch::max_pool1d(first.to(torch::kFloat), {options_.span_frames}, {1})
             .squeeze(1)
             .to(options_.device) > 0;
}

std::pair<Tensor, Tensor> SemanticTask::guess(const Crops& crops) {
  const int64_t frames = crops.heard.size(1);
  const Tensor masked =
      random_spans(crops.heard.size(0), frames) & length_mask(crops.lengths, frames);
  const Tensor predicted = encoder_->predict(crops.heard, masked, crops.lengths);
  const Tensor targets = encoder_->targets(crops.heard), counted = masked.to(torch::kFloat);
  const Tensor entropy = -predicted.gather(2, targets.unsqueeze(2)).squeeze(2);
  const Tensor right = (predicted.argmax(2) == targets).to(torch::kFloat);
  const Tensor count = counted.sum().clamp_min(1);
  return {(entropy * counted).sum() / count, (right * counted).sum() / count};
}

Metrics SemanticTask::step(int64_t) {
  encoder_->train();
  const auto [entropy, accuracy] = guess(draw_crops());
  optimiser_.minimise(entropy);
  return {{"entropy", entropy.item<double>()},
          {"accuracy", accuracy.item<double>()},
          {"norm", optimiser_.gradient_norm()},
          {"skipped", static_cast<double>(optimiser_.skipped())}};
}

Metrics SemanticTask::validate() {
  torch::NoGradGuard no_grad;
  encoder_->eval();
  torch::manual_seed(0);
  Metrics metrics;
  const auto recordings = spread(corpus_.held_back, options_.validation_recordings);
  if (recordings.empty()) return metrics;
  Tensor counts = torch::zeros({encoder_->options().targets});
  for (const auto* u : recordings) {
    const Tensor whole = heard(*u).unsqueeze(0);
    const Tensor lengths = torch::full({1}, whole.size(1), torch::kLong).to(options_.device);
    const auto [entropy, accuracy] = guess({whole, lengths});
    metrics["entropy"] += entropy.item<double>() / static_cast<double>(recordings.size());
    metrics["accuracy"] += accuracy.item<double>() / static_cast<double>(recordings.size());
    counts += torch::bincount(encoder_->targets(whole).flatten().cpu(), {}, counts.size(0));
  }
  const Tensor share = counts / counts.sum();
  metrics["perplexity"] = (-(share * share.clamp_min(1e-9).log()).sum()).exp().item<double>();
  return metrics;
}

void SemanticTask::export_to(const std::string& folder) {
  encoder_->eval();
  const SemanticSource source = semantic_source(encoder_);
  save_semantic(source, semantic_centres(source, corpus_, options_.entries, options_.seed), folder);
}

Tensor semantic_centres(const SemanticSource& source,
                        const Corpus& corpus,
                        int64_t entries,
                        uint64_t seed) {
  torch::NoGradGuard no_grad;
  const auto device = source.network->parameters().at(0).device();
  std::vector<Tensor> frames;
  for (const auto* u : spread(corpus.train, kTableRecordings)) {
    const Tensor heard = source.hear(u->samples().unsqueeze(0).to(device))[0];
    frames.push_back(heard.slice(0, 0, heard.size(0), kTableFrameStep).cpu());
  }
  const Tensor all = torch::cat(frames);
  torch::manual_seed(seed);
  VectorQuantiser table(QuantiserOptions{all.size(1), 1, entries});
  table->initialise(all);
  return table->entries().clone();
}

}  // namespace tts
