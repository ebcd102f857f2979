#include "train/recogniser_task.h"

#include <algorithm>
#include <cmath>

#include "analysis/ctc.h"
#include "codec/codec.h"
#include "core/error.h"
#include "train/disturb.h"
#include "train/draw.h"
#include "train/warp.h"

namespace tts {
namespace {

constexpr int64_t kUnknown = -1;  // a frame without a target
constexpr int64_t kStripes = 2, kWidestBands = 14, kLongestFrames = 8;
constexpr double kGainDb = 12;

// The end of speech of 1 frame in so many may be cut off: [begin, end) zeroed on one axis of a row.
void blank(Tensor row, int64_t axis, int64_t widest) {
  const int64_t size = row.size(axis);
  const auto width = static_cast<int64_t>(draw_index(std::min(widest, size) + 1));
  const auto begin = static_cast<int64_t>(draw_index(size - width + 1));
  row.slice(axis, begin, begin + width).zero_();
}

// Stripes of bands and of time. row: [T, 2 bands] in place
void blank_stripes(Tensor row, int64_t bands) {
  const Tensor both = row.view({row.size(0), 2, bands});
  for (int64_t i = 0; i < kStripes; ++i) {
    blank(both, 2, kWidestBands);
    blank(row, 0, std::min(kLongestFrames, row.size(0) / 8));
  }
}

Tensor stack_padded(const std::vector<Tensor>& rows, int64_t longest, double fill) {
  std::vector<Tensor> padded;
  for (const auto& row : rows)
    padded.push_back(torch::constant_pad_nd(row, {0, longest - row.size(0)}, fill));
  return torch::stack(padded);
}

CtcRows rows_of(const Tensor& ctc) {  // [T, outputs], contiguous on the CPU
  return {ctc.data_ptr<float>(), ctc.size(0), ctc.size(1)};
}

}  // namespace

struct RecogniserTask::Rows {
  Tensor waves, targets;  // [B, S] float, [B, T] int64
  Tensor frames, counts;  // [B] int64: of frames, of labels
  Tensor labels;          // [sum of counts] int64
};

std::vector<std::string> recogniser_phones(const Corpus& corpus) {
  std::set<std::string> phones;
  for (const auto& u : corpus.train) {
    for (const auto& s : u.symbols) phones.insert(recogniser_phone(s));
  }
  phones.erase("");
  return {phones.begin(), phones.end()};
}

RecogniserTask::RecogniserTask(Recogniser recogniser,
                               const Corpus& corpus,
                               const Alignments& alignments,
                               RecogniserTaskOptions options)
    : recogniser_(std::move(recogniser)),
      options_(std::move(options)),
      optimiser_(
          (recogniser_->to(options_.device), std::vector<torch::nn::Module*>{recogniser_.get()}),
          options_.optimiser) {
  const auto& phones = recogniser_->options().phones;
  for (size_t i = 0; i < phones.size(); ++i) output_[phones[i]] = static_cast<int64_t>(i) + 1;
  std::map<std::string, std::vector<double>> scores;
  for (const auto& u : corpus.train) {
    const auto found = alignments.find(u.id);
    if (found != alignments.end()) scores[u.speaker].push_back(found->second.score);
  }
  std::map<std::string, double> lowest;
  for (auto& [speaker, all] : scores) {
    std::sort(all.begin(), all.end());
    lowest[speaker] =
        all[static_cast<size_t>(options_.drop_share * static_cast<double>(all.size()))];
  }
  for (const auto& u : corpus.train) {
    const auto found = alignments.find(u.id);
    if (found != alignments.end() && found->second.score < lowest[u.speaker]) continue;
    Example example = example_of(u, alignments);
    if (2 * static_cast<int64_t>(example.labels.size()) < u.frames())
      train_.push_back(std::move(example));
  }
  for (const auto& u : corpus.held_back) held_back_[u.speaker].push_back(example_of(u, alignments));
  if (train_.empty())
    fail(ErrorCode::kInput, "no recording has half as many phones as frames; are there symbols?");
  std::sort(train_.begin(), train_.end(), [](const Example& a, const Example& b) {
    return a.recording->frames() < b.recording->frames();
  });
}

RecogniserTask::Example RecogniserTask::example_of(const Utterance& u,
                                                   const Alignments& alignments) const {
  Example out;
  out.recording = &u;
  const auto found = alignments.find(u.id);
  const bool aligned =
      found != alignments.end() && found->second.durations.size() == u.symbols.size();
  for (size_t i = 0; i < u.symbols.size(); ++i) {
    const std::string phone = recogniser_phone(u.symbols[i]);
    const auto output = output_.find(phone);
    if (!phone.empty() && output == output_.end())
      fail(ErrorCode::kInput, u.id, ": phone \"", phone, "\" is not among the recogniser's");
    const int64_t label = phone.empty() ? 0 : output->second;
    if (label != 0) out.labels.push_back(label);
    if (aligned) out.frames.insert(out.frames.end(), found->second.durations[i], label);
  }
  if (static_cast<int64_t>(out.frames.size()) != u.frames()) out.frames.clear();
  return out;
}

// The same words from another throat, through another microphone.
Tensor RecogniserTask::as_another(const Tensor& wave) const {
  DisturbOptions how;
  how.coded_share = options_.coded_share;
  const double formants = (2 * draw_uniform() - 1) * options_.warp_formants;
  return disturb(draw_uniform() < 0.5 ? move_formants(wave, formants) : wave, how);
}

// Recordings of similar length, each as likely as any other, until the batch is full.
RecogniserTask::Rows RecogniserTask::draw_rows() const {
  const size_t window = train_.size() / 16 + 1;  // neighbours by length
  size_t anchor = draw_index(train_.size());
  // Longer recordings fill more batches: their batches must be drawn more often.
  while (draw_uniform() * train_.back().recording->frames() > train_[anchor].recording->frames())
    anchor = draw_index(train_.size());
  const size_t begin = anchor < window / 2 ? 0 : anchor - window / 2;
  std::vector<Tensor> waves, targets;
  std::vector<int64_t> frames, counts, labels;
  for (int64_t total = 0; total < options_.batch_frames;) {
    const Example& e = train_[std::min(begin + draw_index(window), train_.size() - 1)];
    const double semitones = (2 * draw_uniform() - 1) * options_.warp_semitones;
    const int64_t length = e.recording->frames();
    const int64_t count =
        std::max<int64_t>(static_cast<int64_t>(2 * e.labels.size()),
                          std::llround(static_cast<double>(length) * std::exp2(-semitones / 12)));
    const double gain = std::pow(10, (2 * draw_uniform() - 1) * kGainDb / 20);
    waves.push_back(as_another(stretch(e.recording->samples(), kFrameSamples * count)) * gain);
    const Tensor place =
        ((torch::arange(count) + 0.5) * (static_cast<double>(length) / count)).to(torch::kLong);
    targets.push_back(e.frames.empty() ? torch::full({count}, kUnknown, torch::kLong)
                                       : torch::tensor(e.frames).index_select(0, place));
    frames.push_back(count);
    counts.push_back(static_cast<int64_t>(e.labels.size()));
    labels.insert(labels.end(), e.labels.begin(), e.labels.end());
    total += count;
  }
  const int64_t longest = *std::max_element(frames.begin(), frames.end());
  return {stack_padded(waves, kFrameSamples * longest, 0).to(options_.device),
          stack_padded(targets, longest, kUnknown).to(options_.device),
          torch::tensor(frames).to(options_.device),
          torch::tensor(counts).to(options_.device),
          torch::tensor(labels).to(options_.device)};
}

Metrics RecogniserTask::step(int64_t) {
  namespace F = torch::nn::functional;
  recogniser_->train();
  Rows rows;
  Tensor features;
  {
    torch::NoGradGuard no_grad;
    rows = draw_rows();
    features = recogniser_->features(rows.waves, rows.frames).contiguous();
    for (int64_t b = 0; b < features.size(0); ++b)
      blank_stripes(features[b], recogniser_->options().bands);
  }
  const Hearing heard = recogniser_->forward(features, rows.frames);
  const Tensor ctc = F::ctc_loss(heard.ctc.transpose(0, 1),
                                 rows.labels,
                                 rows.frames,
                                 rows.counts,
                                 F::CTCLossFuncOptions().blank(0).zero_infinity(true));
  Tensor total = ctc;
  Metrics metrics;
  if ((rows.targets != kUnknown).any().item<bool>()) {
    const Tensor frames =
        torch::nll_loss(heard.frames.flatten(0, 1), rows.targets.flatten(), {}, 1, kUnknown);
    total = total + frames;
    metrics["frames"] = frames.item<double>();
  }
  optimiser_.minimise(total);
  metrics["ctc"] = ctc.item<double>();
  metrics["norm"] = optimiser_.gradient_norm();
  metrics["skipped"] = static_cast<double>(optimiser_.skipped());
  return metrics;
}

Metrics RecogniserTask::validate() {
  torch::NoGradGuard no_grad;
  recogniser_->eval();
  Metrics metrics;
  int64_t errors = 0, phones = 0, wrong = 0, known = 0;
  for (const auto& [speaker, examples] : held_back_) {
    int64_t own_errors = 0, own_phones = 0;
    const auto count =
        std::min(examples.size(), static_cast<size_t>(options_.validation_recordings));
    for (size_t i = 0; i < count; ++i) {
      const Example& e = examples[i];
      const Tensor wave = e.recording->samples().unsqueeze(0).to(options_.device);
      const Hearing heard = recogniser_->forward(recogniser_->features(wave));
      const Tensor ctc = heard.ctc[0].cpu().contiguous();
      own_errors += count_edits(e.labels, ctc_greedy(rows_of(ctc))).total();
      own_phones += static_cast<int64_t>(e.labels.size());
      if (e.frames.empty()) continue;
      const Tensor targets = torch::tensor(e.frames);
      wrong += (heard.frames[0].argmax(1).cpu() != targets).sum().item<int64_t>();
      known += targets.size(0);
    }
    metrics["per_" + speaker] = static_cast<double>(own_errors) / std::max<int64_t>(1, own_phones);
    errors += own_errors;
    phones += own_phones;
  }
  metrics["per"] = static_cast<double>(errors) / std::max<int64_t>(1, phones);
  if (known > 0) metrics["frames"] = static_cast<double>(wrong) / known;
  return metrics;
}

}  // namespace tts
