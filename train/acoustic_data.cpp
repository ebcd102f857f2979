#include "train/acoustic_data.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/error.h"
#include "core/hash.h"
#include "duration/prosody.h"

namespace tts {
namespace {

// Natural log of the amplitude of every codec frame. wave: [480 T] → [T]
Tensor frame_energy(const Tensor& samples) {
  return torch::log(samples.view({-1, kFrameSamples}).square().mean(1).sqrt() + 1e-4);
}

// Weighted mean of `values` over each symbol's stretch of frames; symbols without weight get 0.
Tensor symbol_means(const Tensor& values, const Tensor& weights, const Tensor& durations) {
  const Tensor zero = torch::zeros({1});
  const Tensor sums = torch::cat({zero, (values * weights).cumsum(0)});
  const Tensor counts = torch::cat({zero, weights.cumsum(0)});
  const Tensor ends = durations.cumsum(0), starts = ends - durations;
  const Tensor total = counts.index_select(0, ends) - counts.index_select(0, starts);
  return torch::where(
      total > 0.25,
      (sums.index_select(0, ends) - sums.index_select(0, starts)) / total.clamp_min(0.25),
      torch::zeros_like(total));
}

// Symbols without a voiced frame take the line through their neighbours.
Tensor bridge(const Tensor& values, const Tensor& present, float fallback) {
  Tensor out = values.clone();
  auto v = out.accessor<float, 1>();
  const auto p = present.accessor<float, 1>();
  int64_t last = -1;
  for (int64_t i = 0; i < out.size(0); ++i) {
    if (p[i] <= 0) continue;
    for (int64_t k = last + 1; k < i; ++k)
      v[k] = last < 0 ? v[i] : v[last] + (v[i] - v[last]) * (k - last) / (i - last);
    last = i;
  }
  for (int64_t k = last + 1; k < out.size(0); ++k) v[k] = last < 0 ? fallback : v[last];
  return out;
}

std::string alignment_problem(const Utterance& u,
                              const RecordingAlignment& a,
                              const AcousticDataOptions& o) {
  int64_t sum = 0;
  for (size_t i = 0; i < a.durations.size(); ++i) {
    sum += a.durations[i];
    const bool pause = is_optional_symbol(u.symbols[i].phone) || u.symbols[i].phone == kSilence;
    if (!pause && a.durations[i] > o.longest_phone)
      return "phone " + u.symbols[i].phone + " is too long";
  }
  return sum == u.frames()
             ? ""
             : "durations add up to " + std::to_string(sum) + " of " + std::to_string(u.frames());
}

AcousticItem make_item(const Utterance& u,
                       const RecordingAlignment& a,
                       const std::map<std::string, int64_t>& ids) {
  AcousticItem item;
  item.id = u.id;
  item.text = u.text;
  item.frames = u.frames();
  std::vector<int64_t> symbols, attributes;
  std::vector<uint8_t> optional;
  for (const auto& s : u.symbols) {
    symbols.push_back(ids.at(s.phone));
    attributes.push_back(attribute_id(s));
    optional.push_back(is_optional_symbol(s.phone));
  }
  item.symbols = torch::tensor(symbols);
  item.attributes = torch::tensor(attributes);
  item.optional = torch::tensor(optional).to(torch::kBool);
  item.durations = torch::tensor(a.durations);
  const Tensor voiced = u.voiced.view({-1, 2}).mean(1), f0 = u.log_f0.view({-1, 2}).mean(1);  // [T]
  const Tensor energy = frame_energy(u.samples());
  item.voicing = symbol_means(voiced, torch::ones_like(voiced), item.durations);
  item.log_f0 = bridge(
      symbol_means(f0, voiced, item.durations), (item.voicing > 0.1).to(torch::kFloat), 5.2f);
  item.energy = bridge(symbol_means(energy, torch::ones_like(energy), item.durations),
                       (item.durations > 0).to(torch::kFloat),
                       -5.0f);
  return item;
}

// Mean and deviation of F0 over voiced frames and of energy over sounding ones.
VoiceStatistics measure(const Corpus& corpus) {
  std::vector<Tensor> f0, energy;
  for (const auto& u : corpus.train) {
    f0.push_back(u.log_f0.masked_select(u.voiced > 0.5));
    const Tensor e = frame_energy(u.samples());
    energy.push_back(e.masked_select(e > e.max() - 3.5));  // within 30 dB of the loudest
  }
  const Tensor f = torch::cat(f0), e = torch::cat(energy);
  VoiceStatistics s;
  s.log_f0_mean = f.mean().item<double>();
  s.log_f0_deviation = f.std().item<double>();
  s.energy_mean = e.mean().item<double>();
  s.energy_deviation = e.std().item<double>();
  return s;
}

// A low quantile of the scores, below which alignments are dropped.
double score_limit(const Corpus& corpus, const Alignments& alignments, double share) {
  std::vector<double> scores;
  for (const auto& u : corpus.train) {
    const auto a = alignments.find(u.id);
    if (a != alignments.end()) scores.push_back(a->second.score);
  }
  if (scores.empty())
    fail(ErrorCode::kInput,
         "no alignment belongs to these recordings; run `tts train aligner` on the same data");
  std::sort(scores.begin(), scores.end());
  return scores[static_cast<size_t>(share * (scores.size() - 1))];
}

}  // namespace

bool is_optional_symbol(const std::string& phone) {
  static const std::set<std::string> pauses = {
      kWordBoundary, ",", ".", "?", "!", ";", ":", "…", "—"};
  return pauses.count(phone) > 0;
}

std::vector<std::string> make_symbol_table(const Corpus& corpus) {
  std::set<std::string> phones = {kWordBoundary, ",", ".", "?", "!", ";", ":", "…", "—"};
  for (const auto& u : corpus.train) {
    for (const auto& s : u.symbols) phones.insert(s.phone);
  }
  phones.erase(kSilence);
  std::vector<std::string> table = {kSilence};
  table.insert(table.end(), phones.begin(), phones.end());
  return table;
}

AcousticData make_acoustic_data(const Corpus& corpus,
                                const Alignments& alignments,
                                Codec* codec,
                                const AcousticDataOptions& options,
                                const std::vector<std::string>& symbol_table) {
  torch::NoGradGuard no_grad;
  AcousticData data;
  data.symbol_table = symbol_table.empty() ? make_symbol_table(corpus) : symbol_table;
  std::map<std::string, int64_t> ids;
  for (size_t i = 0; i < data.symbol_table.size(); ++i)
    ids[data.symbol_table[i]] = static_cast<int64_t>(i);
  data.statistics = measure(corpus);
  const double limit = score_limit(corpus, alignments, options.drop_share);
  const auto add = [&](const Utterance& u, bool training, std::vector<AcousticItem>& to) {
    const auto a = alignments.find(u.id);
    std::string problem = a == alignments.end() ? "no alignment" : "";
    if (problem.empty() && a->second.durations.size() != u.symbols.size())
      problem = "other symbols than the alignment";
    if (problem.empty()) problem = alignment_problem(u, a->second, options);
    if (problem.empty() && training && a->second.score < limit)
      problem = "score " + std::to_string(a->second.score);
    for (const auto& s : u.symbols) {
      if (problem.empty() && !ids.count(s.phone)) problem = "unknown phone " + s.phone;
    }
    if (!problem.empty()) {
      data.dropped.push_back(u.id + ": " + problem);
      return;
    }
    AcousticItem item = make_item(u, a->second, ids);
    item.energy = (item.energy - data.statistics.energy_mean) / data.statistics.energy_deviation;
    if (codec) {
      const auto device = (*codec)->parameters().at(0).device();
      const Tensor codes = (*codec)->encode(u.samples().unsqueeze(0).to(device));
      item.latents = (*codec)->standardise((*codec)->decode(codes)).squeeze(0).cpu();
    }
    to.push_back(std::move(item));
  };
  for (const auto& u : corpus.train) {
    // By text, so that a sentence recorded twice is on one side.
    const bool validation = xxh64(u.text.data(), u.text.size()) % options.validation_every == 0;
    add(u, true, validation ? data.validation : data.train);
  }
  for (const auto& u : corpus.held_back) add(u, false, data.held_back);
  return data;
}

Batch make_batch(const std::vector<const AcousticItem*>& items, torch::Device device) {
  const auto pad = [&](Tensor AcousticItem::*field) {
    std::vector<Tensor> rows;
    for (const auto* item : items) rows.push_back(item->*field);
    return torch::nn::utils::rnn::pad_sequence(rows, true);
  };
  Batch b;
  std::vector<int64_t> symbols, frames;
  for (const auto* item : items) {
    symbols.push_back(item->symbols.size(0));
    frames.push_back(item->frames);
  }
  b.condition.symbols = pad(&AcousticItem::symbols);
  b.condition.attributes = pad(&AcousticItem::attributes);
  b.condition.symbol_lengths = torch::tensor(symbols);
  b.condition.optional = pad(&AcousticItem::optional);
  b.condition.durations = pad(&AcousticItem::durations);
  b.frame_lengths = torch::tensor(frames);
  b.prosody = {b.condition.durations.to(torch::kFloat),
               pad(&AcousticItem::log_f0),
               pad(&AcousticItem::voicing),
               pad(&AcousticItem::energy)};
  expand_prosody(b.prosody, {}, 1.0, b.condition);
  if (items[0]->latents.defined()) b.latents = pad(&AcousticItem::latents).to(device);
  for (Tensor* t : {&b.condition.symbols,
                    &b.condition.attributes,
                    &b.condition.symbol_lengths,
                    &b.condition.optional,
                    &b.condition.durations,
                    &b.condition.log_f0,
                    &b.condition.voicing,
                    &b.condition.energy,
                    &b.frame_lengths,
                    &b.prosody.durations,
                    &b.prosody.log_f0,
                    &b.prosody.voicing,
                    &b.prosody.energy}) {
    *t = t->to(device);
  }
  return b;
}

LengthBuckets::LengthBuckets(const std::vector<AcousticItem>& items, int64_t batch, uint64_t seed)
    : items_(items), batch_(batch), seed_(seed) {
  if (items.empty())
    fail(ErrorCode::kInput, "no recording left to train on: every alignment was dropped");
}

std::vector<std::vector<size_t>> LengthBuckets::epoch(int64_t number) const {
  std::mt19937_64 random(seed_ * 7919 + number);
  std::vector<std::pair<double, size_t>> order;
  for (size_t i = 0; i < items_.size(); ++i) {
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
