#include "train/batches.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/error.h"
#include "duration/prosody.h"
#include "nn/blocks.h"
#include "train/draw.h"

namespace tts {
namespace {

constexpr size_t kPromptRecordings = 4;

Tensor drawn_vector(const SpeakerProfile& speaker, double noise) {
  Tensor sum = torch::zeros({speaker.vectors.size(1)});
  const size_t count = 1 + draw_index(kPromptRecordings);
  for (size_t i = 0; i < count; ++i)
    sum += speaker.vectors[static_cast<int64_t>(draw_index(speaker.vectors.size(0)))];
  sum = sum / sum.norm().clamp_min(1e-6);
  if (noise == 0) return sum;
  const double width = static_cast<double>(sum.size(0));
  sum = sum + torch::randn_like(sum) * (noise / std::sqrt(width));
  return sum / sum.norm().clamp_min(1e-6);
}

}  // namespace

Batch make_batch(const std::vector<const AcousticItem*>& items,
                 torch::Device device,
                 const std::optional<SpeakerDraw>& draw) {
  const auto pad = [&](Tensor AcousticItem::*field) {
    std::vector<Tensor> rows;
    for (const auto* item : items) rows.push_back(item->*field);
    return torch::nn::utils::rnn::pad_sequence(rows, true);
  };
  Batch b;
  std::vector<int64_t> symbols, frames, languages;
  std::vector<float> pitch;
  std::vector<Tensor> speakers;
  for (const auto* item : items) {
    symbols.push_back(item->symbols.size(0));
    frames.push_back(item->frames);
    languages.push_back(item->language);
    const VoiceStatistics& statistics = item->speaker->statistics;
    pitch.push_back(static_cast<float>(statistics.log_f0_mean));
    pitch.push_back(static_cast<float>(statistics.log_f0_deviation));
    if (item->speaker->vectors.defined())
      speakers.push_back(draw ? drawn_vector(*item->speaker, draw->noise)
                              : item->speaker->centroid());
  }
  Condition& c = b.condition;
  c.symbols = pad(&AcousticItem::symbols);
  c.attributes = pad(&AcousticItem::attributes);
  c.symbol_lengths = torch::tensor(symbols);
  c.optional = pad(&AcousticItem::optional);
  c.durations = pad(&AcousticItem::durations);
  c.language = torch::tensor(languages);
  c.pitch = torch::tensor(pitch).view({-1, 2});
  if (!speakers.empty()) c.speakers = torch::stack(speakers).unsqueeze(1);
  b.frame_lengths = torch::tensor(frames);
  b.prosody = {c.durations.to(torch::kFloat),
               pad(&AcousticItem::log_f0),
               pad(&AcousticItem::voicing),
               pad(&AcousticItem::energy)};
  expand_prosody(b.prosody, {}, 1.0, c);
  if (items[0]->latents.defined()) {
    b.latents = pad(&AcousticItem::latents);
    b.codes = pad(&AcousticItem::codes).to(torch::kLong);
  }
  if (items[0]->semantic.defined()) b.semantic = pad(&AcousticItem::semantic).to(torch::kLong);
  for (Tensor* t : {&c.symbols,
                    &c.attributes,
                    &c.symbol_lengths,
                    &c.optional,
                    &c.durations,
                    &c.language,
                    &c.pitch,
                    &c.speakers,
                    &c.log_f0,
                    &c.voicing,
                    &c.energy,
                    &b.latents,
                    &b.codes,
                    &b.semantic,
                    &b.frame_lengths,
                    &b.prosody.durations,
                    &b.prosody.log_f0,
                    &b.prosody.voicing,
                    &b.prosody.energy}) {
    if (t->defined()) *t = t->to(device);
  }
  return b;
}

std::vector<Batch> fixed_batches(const std::vector<AcousticItem>& items,
                                 size_t most,
                                 torch::Device device,
                                 const std::string& speaker,
                                 size_t rows) {
  std::vector<const AcousticItem*> chosen;
  for (const auto& item : items) {
    if (speaker.empty() || item.speaker->name == speaker) chosen.push_back(&item);
  }
  // Spread over the items, which lie by speaker.
  const size_t count = std::min(most, chosen.size());
  std::vector<Batch> batches;
  for (size_t i = 0; i < count; i += rows) {
    std::vector<const AcousticItem*> batch;
    for (size_t k = i; k < std::min(count, i + rows); ++k)
      batch.push_back(chosen[k * chosen.size() / count]);
    batches.push_back(make_batch(batch, device));
  }
  return batches;
}

Tensor phone_mask(const Batch& b) {
  const Condition& c = b.condition;
  const Tensor valid = length_mask(c.symbol_lengths, c.symbols.size(1));
  return (valid & (c.symbols > 0) & ~c.optional).to(torch::kFloat);
}

LengthBuckets::LengthBuckets(const std::vector<AcousticItem>& items,
                             int64_t batch,
                             uint64_t seed,
                             double balance)
    : items_(items), batch_(batch), seed_(seed), balance_(balance), weights_(items.size(), 1) {
  if (items.empty())
    fail(ErrorCode::kInput, "no recording left to train on: every alignment was dropped");
  if (balance == 1) return;
  std::map<const SpeakerProfile*, double> frames;
  for (const auto& item : items) frames[item.speaker] += static_cast<double>(item.frames);
  double sum = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    weights_[i] = std::pow(frames.at(items[i].speaker), balance - 1);
    sum += weights_[i];
  }
  for (double& weight : weights_) weight *= static_cast<double>(items.size()) / sum;
}

// Systematic sampling: as many as there are items, each within one of its expected times.
std::vector<size_t> LengthBuckets::drawn(std::mt19937_64& random) const {
  std::vector<size_t> out;
  if (balance_ == 1) {
    out.resize(items_.size());
    std::iota(out.begin(), out.end(), 0);
    return out;
  }
  double behind = static_cast<double>(random() % 10000) / 10000;
  for (size_t i = 0; i < items_.size(); ++i) {
    for (behind += weights_[i]; behind >= 1; behind -= 1) out.push_back(i);
  }
  out.resize(items_.size(), items_.size() - 1);  // rounding
  return out;
}

std::vector<std::vector<size_t>> LengthBuckets::epoch(int64_t number) const {
  std::mt19937_64 random(seed_ * 7919 + number);
  std::vector<std::pair<double, size_t>> order;
  for (const size_t i : drawn(random)) {
    // A little noise, so that neighbours change from epoch to epoch.
    const double jitter = 1 + 0.02 * (static_cast<double>(random() % 2001) / 1000 - 1);
    order.emplace_back(items_[i].frames * jitter, i);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::vector<size_t>> batches;
  for (size_t i = 0; i < order.size(); i += batch_) {
    batches.emplace_back();
    for (size_t k = i; k < std::min(order.size(), i + batch_); ++k)
      batches.back().push_back(order[k].second);
  }
  std::shuffle(batches.begin(), batches.end(), random);
  return batches;
}

std::vector<const AcousticItem*> LengthBuckets::batch(int64_t step) const {
  const int64_t per_epoch = (static_cast<int64_t>(items_.size()) + batch_ - 1) / batch_;
  if (step / per_epoch != cached_epoch_) {
    cached_epoch_ = step / per_epoch;
    batches_ = epoch(cached_epoch_);
  }
  std::vector<const AcousticItem*> out;
  for (const size_t i : batches_.at(step % per_epoch)) out.push_back(&items_[i]);
  return out;
}

double LengthBuckets::padding_share() const {
  double used = 0, padded = 0;
  for (const auto& batch : epoch(0)) {
    int64_t longest = 0;
    for (const size_t i : batch) {
      used += items_[i].frames;
      longest = std::max(longest, items_[i].frames);
    }
    padded += static_cast<double>(longest) * batch.size();
  }
  return 1 - used / padded;
}

}  // namespace tts
