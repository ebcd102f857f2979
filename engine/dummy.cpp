#include "engine/dummy.h"

#include <cmath>

#include "codec/codec.h"
#include "core/error.h"
#include "core/row_stream.h"
#include "core/text_types.h"

namespace tts {
namespace {

constexpr double kSilenceFrames = 5, kMarkFrames = 6, kPhoneFrames = 4, kLongFrames = 6;
constexpr double kLowestToneHz = 160;
constexpr float kAmplitude = 0.2f;
constexpr char kPunctuation[] = ",.?!;:…—";

const std::vector<std::string>& phones() {
  static const std::vector<std::string> table = {
      "p", "b", "t",  "d",  "k", "ɡ", "m",  "n",  "ŋ",  "f",  "v",  "θ",  "ð",  "s",  "z",  "ʃ",
      "ʒ", "h", "tʃ", "dʒ", "l", "ɹ", "j",  "w",  "ɾ",  "ʔ",  "x",  "ç",  "ʁ",  "pf", "ts", "i",
      "ɪ", "e", "ɛ",  "æ",  "a", "ɑ", "ɒ",  "ɔ",  "o",  "ʊ",  "u",  "ʌ",  "ə",  "ɚ",  "ɜ",  "ɝ",
      "ᵻ", "ɐ", "y",  "ʏ",  "ø", "œ", "eɪ", "aɪ", "ɔɪ", "oʊ", "əʊ", "aʊ", "ɔø", "ɛɪ", "œy", "ʌʊ"};
  return table;
}

[[noreturn]] Losses refuse_training() {
  fail(ErrorCode::kUsage, "the dummy voice has no weights and cannot be trained");
}

// [rows, count]
Tensor normal_numbers(RandomPurpose purpose,
                      const Sampling& sampling,
                      int64_t rows,
                      int64_t count) {
  Tensor noise = torch::empty({rows, count});
  for (int64_t b = 0; b < rows; ++b)
    row_stream(sampling, b).normal(purpose, 0, 0, noise[b].data_ptr<float>(), count);
  return noise;
}

class DummyDuration : public DurationModel {
 public:
  DummyDuration(const std::vector<std::string>& symbols, bool varied) : varied_(varied) {
    std::vector<float> frames, voicing;
    for (const auto& symbol : symbols) {
      const bool mark = std::string(kPunctuation).find(symbol) != std::string::npos;
      const bool phone = symbol != kSilence && symbol != kWordBoundary && !mark;
      frames.push_back(phone                ? kPhoneFrames
                       : mark               ? kMarkFrames
                       : symbol == kSilence ? kSilenceFrames
                                            : 0);
      voicing.push_back(phone ? 1 : 0);
    }
    frames_ = torch::tensor(frames);
    voicing_ = torch::tensor(voicing);
  }

  Prosody predict(const Condition& condition, const Sampling& sampling) override {
    const Tensor ids = condition.symbols;  // [B, N]
    Prosody out;
    out.voicing = voicing_.index({ids});
    const Tensor is_long =
        (torch::floor_divide(condition.attributes, 3) % 2 == 1).to(torch::kFloat);
    out.durations = frames_.index({ids}) + (kLongFrames - kPhoneFrames) * is_long * out.voicing;
    if (varied_)
      out.durations *=
          torch::exp(0.2 * sampling.temperature *
                     normal_numbers(RandomPurpose::kDuration, sampling, ids.size(0), ids.size(1)));
    out.log_f0 = std::log(kLowestToneHz) + (ids % 24).to(torch::kFloat) * (std::log(2.0) / 12);
    out.energy = torch::zeros_like(out.voicing);
    return out;
  }

  Losses loss(const Batch&) override { refuse_training(); }
  bool draws() const override { return varied_; }
  nlohmann::json to_json() const override { return {{"type", "dummy"}}; }

 private:
  bool varied_;
  Tensor frames_, voicing_;  // [symbols]
};

class DummyGenerator : public Generator {
 public:
  explicit DummyGenerator(bool vibrato) : vibrato_(vibrato) {}

  Generation generate(const Condition& condition,
                      const Sampling& sampling,
                      const FrameSink& sink) override {
    Tensor tone = condition.log_f0;  // [B, T]
    if (vibrato_)
      tone = tone + wander(tone, sampling) * (sampling.temperature * std::log(2.0) / 12);
    const Tensor amplitude = kAmplitude * condition.voicing * (0.25 * condition.energy).exp();
    Generation out;
    out.latents = torch::stack({tone, amplitude}, 2);
    out.durations = condition.durations;
    out.frame_lengths = condition.durations.sum(1);
    if (sink && !sink(out.latents, 0)) out.stop = StopReason::kCancelled;
    return out;
  }

  Losses loss(const Batch&) override { refuse_training(); }
  std::vector<std::string> options() const override {
    return vibrato_ ? std::vector<std::string>{"temperature"} : std::vector<std::string>{};
  }
  nlohmann::json to_json() const override { return {{"type", "dummy"}}; }

 private:
  static Tensor wander(const Tensor& like, const Sampling& sampling) {
    return normal_numbers(RandomPurpose::kLatent, sampling, like.size(0), like.size(1));
  }
  bool vibrato_;
};

class DummyVocoder : public Vocoder {
 public:
  VocoderOutput stream(const Tensor& latents,
                       bool,
                       VocoderStream& state,
                       const VocoderTeacher&) override {
    const int64_t batch = latents.size(0), frames = latents.size(1);
    if (!state.phase.defined()) {
      state.phase = torch::zeros({batch}, torch::kDouble);
      state.overlap = torch::zeros({batch, 1});  // the last frame's amplitude
    }
    const Tensor cycles =
        latents.select(2, 0).to(torch::kDouble).exp() / kSampleRateHz;  // per sample
    const Tensor phase =
        state.phase.unsqueeze(1) + cycles.repeat_interleave(kFrameSamples, 1).cumsum(1);
    const Tensor ends = latents.select(2, 1);
    const Tensor starts = torch::cat({state.overlap, ends.slice(1, 0, frames - 1)}, 1);
    const Tensor slope = torch::arange(kFrameSamples, torch::kFloat) / kFrameSamples;
    const Tensor amplitude = torch::lerp(starts.unsqueeze(2), ends.unsqueeze(2), slope).flatten(1);
    state.phase = phase.select(1, -1).remainder(1.0);
    state.overlap = ends.slice(1, frames - 1);
    VocoderOutput out;
    out.wave = amplitude * (2 * M_PI * phase).sin().to(torch::kFloat);
    return out;
  }
  int64_t lookahead_frames() const override { return 0; }
  nlohmann::json to_json() const override { return {{"type", "dummy"}}; }
};

}  // namespace

VoiceManifest dummy_manifest() {
  VoiceManifest manifest;
  manifest.name = "dummy";
  manifest.dummy = true;
  manifest.languages = {"en-us", "de", "nl"};
  manifest.language = manifest.languages.front();
  manifest.symbols = {kSilence, kWordBoundary, ",", ".", "?", "!", ";", ":", "…", "—"};
  manifest.symbols.insert(manifest.symbols.end(), phones().begin(), phones().end());
  manifest.where = "dummy";
  return manifest;
}

VoiceSource open_found_voice(const std::string& place) {
  if (!place.empty()) return open_voice_source(place);
  VoiceSource built_in;
  built_in.manifest = dummy_manifest();
  return built_in;
}

std::shared_ptr<DurationModel> make_dummy_duration(const std::string& name,
                                                   const std::vector<std::string>& symbols) {
  return std::make_shared<DummyDuration>(symbols, name == "varied");
}

std::vector<std::string> dummy_durations() {
  return {"even", "varied"};
}

std::shared_ptr<Generator> make_dummy_generator(const std::string& name) {
  return std::make_shared<DummyGenerator>(name == "vibrato");
}

std::vector<std::string> dummy_generators() {
  return {"tone", "vibrato"};
}

std::shared_ptr<Vocoder> make_dummy_vocoder() {
  return std::make_shared<DummyVocoder>();
}

}  // namespace tts
