// What a synthesizer tells its models of a take: the condition, durations and contours.
#include <ATen/record_function.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "duration/prosody.h"
#include "engine/sampling_options.h"
#include "engine/synthesizer.h"

namespace tts {
namespace {

// A segment that a sound voice predicts is never longer.
constexpr int64_t kMaxSegmentFrames = 6000;
constexpr double kMaxSymbolFrames = 250;

// What markup asks of its symbols.
void set_style(Take& take) {
  const auto& symbols = take.symbols.symbols;
  std::vector<float> nepers(symbols.size());
  for (size_t i = 0; i < symbols.size(); ++i) {
    take.lengths[i] /= symbols[i].style.rate_ratio;
    nepers[i] = static_cast<float>(symbols[i].style.pitch_semitones * (M_LN2 / 12));
  }
  if (std::all_of(nepers.begin(), nepers.end(), [](float n) { return n == 0; })) return;
  Tensor& log_f0 = take.prosody.log_f0;
  log_f0 = log_f0 + torch::tensor(nepers).unsqueeze(0).to(log_f0.device());
}

}  // namespace

// Durations, F0 and energy: what all generators follow.
void Synthesizer::predict_prosody(Take& take) const {
  RECORD_USER_SCOPE("duration");
  take.condition = condition_of(take.symbols, take.language);
  take.prosody = duration_->predict(take.condition, duration_sampling_of(take));
  Tensor& durations = take.prosody.durations;
  durations = durations.nan_to_num(1.0).clamp(0, kMaxSymbolFrames);
  const Tensor lengths = durations[0].to(torch::kCPU, torch::kDouble).contiguous();
  const Tensor optional = take.condition.optional[0].to(torch::kCPU).contiguous();
  take.lengths.assign(lengths.data_ptr<double>(), lengths.data_ptr<double>() + lengths.numel());
  set_style(take);
  take.optional.assign(optional.data_ptr<bool>(), optional.data_ptr<bool>() + optional.numel());
}

std::vector<int64_t> Synthesizer::rounded(const Take& take) const {
  std::vector<double> lengths = take.lengths;
  for (double& length : lengths) length /= options_.speed_ratio;
  return round_lengths(lengths, take.optional);
}

// Per frame, once the take has its frames.
void Synthesizer::set_contours(Take& take) const {
  Condition& condition = take.condition;
  condition.durations = torch::tensor(take.frames, torch::kInt64).unsqueeze(0).to(voice_->device());
  const ProsodyControls controls{
      options_.speed_ratio, options_.pitch_semitones, options_.energy_db};
  expand_prosody(take.prosody, controls, speaker_.statistics.energy_deviation, condition);
  if (take.total_samples() > kMaxSegmentFrames * kFrameSamples) {
    fail(ErrorCode::kVoice,
         voice_->manifest().where,
         ": predicts ",
         take.total_samples() / kSampleRateHz,
         " s for ",
         take.frames.size(),
         " symbols; its duration model is damaged");
  }
}

Condition Synthesizer::condition_of(const EncodedSymbols& symbols,
                                    const std::string& spoken) const {
  const auto ids = [&](const std::vector<int64_t>& values) {
    return torch::tensor(values, torch::kInt64).unsqueeze(0).to(voice_->device());
  };
  Condition condition;
  condition.symbols = ids(symbols.ids);
  condition.attributes = ids(symbols.attributes);
  condition.symbol_lengths = ids({static_cast<int64_t>(symbols.ids.size())}).squeeze(0);
  condition.optional = optional_silence(symbols);
  const int64_t language = voice_->manifest().language_id(spoken);
  condition.language = ids({std::max<int64_t>(0, language)}).squeeze(0);
  const auto numbers = [&](const std::vector<double>& values) {
    return torch::tensor(values, torch::kFloat).unsqueeze(0).to(voice_->device());
  };
  const VoiceStatistics& statistics = speaker_.statistics;
  condition.pitch = numbers({statistics.log_f0_mean, statistics.log_f0_deviation});
  if (!speaker_.vector.empty()) condition.speakers = numbers(speaker_.vector).unsqueeze(1);
  return condition;
}

// [1, N] true where the voice may leave a pause out.
Tensor Synthesizer::optional_silence(const EncodedSymbols& symbols) const {
  Tensor out = torch::zeros({1, static_cast<int64_t>(symbols.symbols.size())}, torch::kBool);
  for (size_t i = 0; i < symbols.symbols.size(); ++i) {
    const Symbol& symbol = symbols.symbols[i];
    if (!is_phone(symbol) && symbol.phone != kSilence) out[0][static_cast<int64_t>(i)] = true;
  }
  return out.to(voice_->device());
}

Sampling Synthesizer::duration_sampling_of(const Take& take) const {
  Sampling sampling;
  sampling.seed = seed();
  sampling.utterances = {take.utterance};
  sampling.temperature = options_.duration_temperature.value_or(duration_->temperature());
  return sampling;
}

Sampling Synthesizer::sampling_of(const Take& take) const {
  return sampling_of(take, take.rendition);
}

Sampling Synthesizer::sampling_of(const Take& take, const Rendition& rendition) const {
  Sampling sampling = voice_->generator(rendition.generator).defaults();
  sampling.seed = rendition.seed;
  sampling.utterances = {take.utterance};
  set_sampling(options_, sampling);
  return sampling;
}

}  // namespace tts
