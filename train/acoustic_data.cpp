#include "train/acoustic_data.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/energy.h"
#include "analysis/symbol_prosody.h"
#include "core/error.h"
#include "core/hash.h"
#include "train/recording_cache.h"
#include "train/warp.h"

namespace tts {
namespace {

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

// What all recordings of a speaker have in common.
struct SpeakerSums {
  std::vector<Tensor> f0, energy, vectors;
  int64_t language = 0;
  bool pseudo = false;
};

// As far as the codec's training allows: it has met 6 dB up and down.
constexpr double kMostGainDb = 6;

SpeakerProfile profile_of(const std::string& name, const SpeakerSums& sums) {
  SpeakerProfile p;
  p.name = name;
  p.language = sums.language;
  p.pseudo = sums.pseudo;
  const Tensor f = torch::cat(sums.f0), e = torch::cat(sums.energy);
  const double limit = kMostGainDb / 20 * M_LN10;
  const double gain = std::clamp(kCommonEnergy - e.mean().item<double>(), -limit, limit);
  p.gain = std::exp(gain);
  p.statistics.log_f0_mean = f.mean().item<double>();
  p.statistics.log_f0_deviation = f.std().item<double>();
  p.statistics.energy_mean = e.mean().item<double>() + gain;
  p.statistics.energy_deviation = e.std().item<double>();
  if (!sums.vectors.empty()) p.vectors = torch::cat(sums.vectors);
  return p;
}

// Boundaries stay at the same share of a recording that has `frames` now.
std::vector<int64_t> scaled(const std::vector<int64_t>& durations, int64_t frames) {
  int64_t total = 0, sum = 0, last = 0;
  for (const int64_t d : durations) total += d;
  std::vector<int64_t> out;
  for (const int64_t d : durations) {
    sum += d;
    const int64_t end =
        std::llround(static_cast<double>(sum) * frames / std::max<int64_t>(1, total));
    out.push_back(end - last);
    last = end;
  }
  return out;
}

// By speaker, a low quantile of the scores, below which alignments are dropped.
std::map<std::string, double> score_limits(const Corpus& corpus,
                                           const Alignments& alignments,
                                           double share) {
  std::map<std::string, std::vector<double>> scores;
  for (const auto& u : corpus.train) {
    const auto a = alignments.find(u.id);
    if (a != alignments.end()) scores[u.speaker].push_back(a->second.score);
  }
  if (scores.empty())
    fail(ErrorCode::kInput,
         "no alignment belongs to these recordings; run `tts train aligner` on the same data");
  std::map<std::string, double> limits;
  for (auto& [speaker, list] : scores) {
    std::sort(list.begin(), list.end());
    limits[speaker] = list[static_cast<size_t>(share * (list.size() - 1))];
  }
  return limits;
}

std::string cache_file(const AcousticDataOptions& options, const std::string& name) {
  return options.cache_folder.empty() ? "" : options.cache_folder + "/" + name + ".safetensors";
}

// Turns utterances into items, in two passes over the recordings: who speaks how, then the rest.
class AcousticDataBuilder {
 public:
  AcousticDataBuilder(const Corpus& corpus,
                      const Alignments& alignments,
                      Codec* codec,
                      SpeakerEncoder* encoder,
                      const AcousticDataOptions& options)
      : corpus_(corpus),
        alignments_(alignments),
        codec_(codec),
        encoder_(encoder),
        options_(options),
        codes_(cache_file(options, "codes"), options.codec_identity),
        vectors_(cache_file(options, "speakers"), options.encoder_identity),
        semantic_(cache_file(options, "semantic"),
                  options.semantic ? options.semantic->identity() : ""),
        limits_(score_limits(corpus, alignments, options.drop_share)) {}

  AcousticData build(const std::vector<std::string>& symbol_table) {
    data_.symbol_table = symbol_table.empty() ? make_symbol_table(corpus_) : symbol_table;
    for (size_t i = 0; i < data_.symbol_table.size(); ++i)
      ids_[data_.symbol_table[i]] = static_cast<int64_t>(i);
    list_languages();
    find_speakers();
    for (const auto& u : corpus_.train) {
      // By text, so that a sentence recorded twice is on one side.
      const bool validation = xxh64(u.text.data(), u.text.size()) % options_.validation_every == 0;
      const bool used = add(u, u, true, validation ? data_.validation : data_.train);
      if (used && !validation && !warped(u).none()) add(u, warp(u, warped(u)), true, data_.train);
    }
    if (data_.train.empty()) {
      fail(ErrorCode::kInput,
           "no recording is left to train on, of ",
           data_.dropped.size(),
           "; the first is ",
           data_.dropped.at(0),
           ". Were the alignments made of these shards?");
    }
    save();
    for (const auto& u : corpus_.held_back) add(u, u, false, data_.held_back);
    save();
    return std::move(data_);
  }

 private:
  void save() {
    codes_.save();
    vectors_.save();
    semantic_.save();
  }

  // The warp of a recording: a function of its id, so that each pseudo-speaker has its recordings.
  Warp warped(const Utterance& u) const {
    return numbered_warp(
        xxh64(u.id.data(), u.id.size()), options_.warp_semitones, options_.warp_formants);
  }

  void list_languages() {
    std::set<std::string> found;
    for (const auto& u : corpus_.train) {
      if (alignments_.count(u.id)) found.insert(u.language);
    }
    data_.languages.assign(found.begin(), found.end());
  }

  int64_t language_of(const Utterance& u) const {
    const auto found = std::find(data_.languages.begin(), data_.languages.end(), u.language);
    return found == data_.languages.end() ? 0 : found - data_.languages.begin();
  }

  void find_speakers() {
    std::map<std::string, SpeakerSums> sums;
    const auto note = [&](const Utterance& u, bool pseudo) {
      SpeakerSums& s = sums[u.speaker];
      s.language = language_of(u);
      s.pseudo = pseudo;
      s.f0.push_back(u.log_f0.masked_select(u.voiced > 0.5));
      s.energy.push_back(sounding_energy(frame_energy(u.samples(), kFrameSamples)));
      if (!encoder_) return;
      s.vectors.push_back(
          vectors_.get(u.id, 1, [&] { return (*encoder_)->forward(u.samples().unsqueeze(0)); }));
    };
    for (const auto& u : corpus_.train) {
      note(u, false);
      if (!warped(u).none()) note(warp(u, warped(u)), true);
    }
    for (const auto& [name, s] : sums) data_.speakers[name] = profile_of(name, s);
    if (data_.speakers.size() > 1 && !encoder_) {
      fail(ErrorCode::kInput,
           "the recordings are of ",
           data_.speakers.size(),
           " speakers: give a speaker encoder (--speaker-encoder), or choose one (--speakers)");
    }
    if (encoder_) data_.speaker_vector = (*encoder_)->options().vector;
  }

  std::string problem(const Utterance& u, const RecordingAlignment& a, bool training) const {
    if (!data_.speakers.count(u.speaker)) return "nothing of " + u.speaker + " is trained on";
    if (a.durations.size() != u.symbols.size()) return "other symbols than the alignment";
    if (const std::string wrong = alignment_problem(u, a, options_); !wrong.empty()) return wrong;
    if (training && a.score < limits_.at(u.speaker)) return "score " + std::to_string(a.score);
    for (const auto& s : u.symbols) {
      if (!ids_.count(s.phone)) return "unknown phone " + s.phone;
    }
    return "";
  }

  // `sound` is the recording or a warp of it. → false if its alignment is no good
  bool add(const Utterance& u,
           const Utterance& sound,
           bool training,
           std::vector<AcousticItem>& to) {
    const auto a = alignments_.find(u.id);
    const std::string wrong =
        a == alignments_.end() ? "no alignment" : problem(u, a->second, training);
    if (!wrong.empty()) {
      data_.dropped.push_back(u.id + ": " + wrong);
      return false;
    }
    to.push_back(item_of(sound, scaled(a->second.durations, sound.frames())));
    return true;
  }

  AcousticItem item_of(const Utterance& u, const std::vector<int64_t>& durations) {
    AcousticItem item;
    item.id = u.id;
    item.text = u.text;
    item.frames = u.frames();
    item.language = language_of(u);
    item.speaker = &data_.speakers.at(u.speaker);
    std::vector<int64_t> symbols, attributes;
    std::vector<uint8_t> optional;
    for (const auto& s : u.symbols) {
      symbols.push_back(ids_.at(s.phone));
      attributes.push_back(attribute_id(s));
      optional.push_back(is_optional_symbol(s.phone));
    }
    item.symbols = torch::tensor(symbols);
    item.attributes = torch::tensor(attributes);
    item.optional = torch::tensor(optional).to(torch::kBool);
    item.durations = torch::tensor(durations);
    const Tensor samples = u.samples() * item.speaker->gain;
    set_prosody(u, samples, item);
    if (codec_) set_frames(u, samples, item);
    if (options_.semantic) {
      item.semantic = semantic_.get(
          item.id, item.frames, [&] { return options_.semantic->tokens(samples).to(torch::kInt); });
    }
    return item;
  }

  static void set_prosody(const Utterance& u, const Tensor& samples, AcousticItem& item) {
    const Tensor voiced = u.voiced.view({-1, 2}).mean(1);  // [T]
    const Tensor f0 = u.log_f0.view({-1, 2}).mean(1), energy = frame_energy(samples, kFrameSamples);
    const VoiceStatistics& s = item.speaker->statistics;
    item.voicing = symbol_means(voiced, torch::ones_like(voiced), item.durations);
    item.log_f0 = bridge(symbol_means(f0, voiced, item.durations),
                         (item.voicing > 0.1).to(torch::kFloat),
                         static_cast<float>(s.log_f0_mean));
    item.energy = bridge(symbol_means(energy, torch::ones_like(energy), item.durations),
                         (item.durations > 0).to(torch::kFloat),
                         -5.0f);
    item.energy = (item.energy - s.energy_mean) / s.energy_deviation;
  }

  void set_frames(const Utterance& u, const Tensor& samples, AcousticItem& item) {
    const auto device = (*codec_)->parameters().at(0).device();
    item.codes = codes_.get(item.id, item.frames, [&] {
      return (*codec_)
          ->encode(samples.unsqueeze(0).to(device), u.limits_hz().to(device))
          .squeeze(0)
          .cpu()
          .to(torch::kShort);
    });
    const Tensor codes = item.codes.to(torch::kLong).unsqueeze(0).to(device);
    item.latents = (*codec_)->standardise((*codec_)->decode(codes)).squeeze(0).cpu();
  }

  const Corpus& corpus_;
  const Alignments& alignments_;
  Codec* codec_;
  SpeakerEncoder* encoder_;
  const AcousticDataOptions& options_;
  RecordingCache codes_, vectors_, semantic_;
  std::map<std::string, double> limits_;
  std::map<std::string, int64_t> ids_;
  AcousticData data_;
};

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

Tensor SpeakerProfile::centroid() const {
  const Tensor sum = vectors.sum(0);
  return sum / sum.norm().clamp_min(1e-6);
}

AcousticData make_acoustic_data(const Corpus& corpus,
                                const Alignments& alignments,
                                Codec* codec,
                                SpeakerEncoder* encoder,
                                const AcousticDataOptions& options,
                                const std::vector<std::string>& symbol_table) {
  torch::NoGradGuard no_grad;
  return AcousticDataBuilder(corpus, alignments, codec, encoder, options).build(symbol_table);
}

}  // namespace tts
