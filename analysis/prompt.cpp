#include "analysis/prompt.h"

#include <algorithm>
#include <cmath>

#include "analysis/energy.h"
#include "audio/resample.h"
#include "audio/silence.h"
#include "core/error.h"

namespace tts {
namespace {

constexpr int64_t kFrame = 480;  // of the codec
constexpr double kAroundS = 0.1, kLongestPeak = 0.95;
constexpr double kWindowS = 4, kHopS = 2;
// What most voices have, worth so many seconds of speech.
constexpr double kUsualF0Deviation = 0.2, kUsualEnergyDeviation = 0.85, kUsualS = 2;

Tensor as_tensor(const std::vector<float>& samples) {
  return torch::tensor(samples, torch::kFloat);
}

// The speech with a little around it, cut to whole frames. → [S]
std::vector<float> speech_of(const std::vector<float>& samples, SpeechRange range) {
  const auto around = static_cast<size_t>(kAroundS * kPromptRateHz);
  const auto longest = static_cast<size_t>(kLongestSpeechS * kPromptRateHz);
  const size_t begin = range.begin - std::min(range.begin, around);
  const size_t end = std::min({samples.size(), range.end + around, begin + longest});
  std::vector<float> out(samples.begin() + static_cast<int64_t>(begin),
                         samples.begin() + static_cast<int64_t>(end));
  out.resize((out.size() + kFrame - 1) / kFrame * kFrame);
  return out;
}

// To the common level, as far as the peak allows.
void bring_to_level(std::vector<float>& samples) {
  const Tensor wave = as_tensor(samples);
  const double energy = sounding_energy(frame_energy(wave, kFrame)).mean().item<double>();
  const double loudest = kLongestPeak / std::max(1e-6, wave.abs().max().item<double>());
  const double gain = std::min(std::exp(kCommonEnergy - energy), loudest);
  for (float& x : samples) x *= static_cast<float>(gain);
}

// Windows of kWindowS every kHopS, the last one ending with the prompt. → [K, V]
Tensor window_vectors(SpeakerEncoder& encoder, const Tensor& wave) {
  const int64_t length = wave.size(0);
  const int64_t window = std::min(length, static_cast<int64_t>(kWindowS * kPromptRateHz));
  const auto hop = static_cast<int64_t>(kHopS * kPromptRateHz);
  std::vector<Tensor> windows;
  for (int64_t at = 0; at + window < length; at += hop)
    windows.push_back(wave.slice(0, at, at + window));
  windows.push_back(wave.slice(0, length - window));
  return encoder->forward(torch::stack(windows));
}

// The encoder's attention over the frames of all prompts. waves: [S] each → [V]
Tensor vector_of_all(SpeakerEncoder& encoder, const std::vector<Tensor>& waves) {
  std::vector<int64_t> lengths;
  for (const auto& wave : waves) lengths.push_back(wave.size(0));
  return encoder->together(torch::nn::utils::rnn::pad_sequence(waves, true), torch::tensor(lengths))
      .contiguous();
}

// Natural log of F0 where voiced; what lies more than an octave from the middle is a mistake of the
// tracker. → [voiced frames]
Tensor voiced_log_f0(const std::vector<Prompt>& prompts) {
  std::vector<float> values;
  for (const auto& prompt : prompts) {
    for (const float hz : prompt.track.f0_hz) {
      if (hz > 0) values.push_back(std::log(hz));
    }
  }
  const Tensor all = as_tensor(values);
  return all.masked_select((all - all.median()).abs() < M_LN2);
}

// Of `values` that last `seconds`, leaning on the usual deviation.
double deviation_of(const Tensor& values, double seconds, double usual) {
  const double own = values.numel() > 1 ? values.var(false).item<double>() : 0;
  return std::sqrt((own * seconds + usual * usual * kUsualS) / (seconds + kUsualS));
}

}  // namespace

Prompt prepare_prompt(const Waveform& recording, const std::string& name) {
  if (recording.sample_rate_hz < 8000) {
    fail(ErrorCode::kInput,
         name,
         ": has ",
         recording.sample_rate_hz,
         " samples per second; a voice needs 8000 or more");
  }
  Prompt prompt;
  prompt.report.name = name;
  prompt.report.clipped_share = clipped_share(recording.samples);
  const auto samples = resample(recording.samples, recording.sample_rate_hz, kPromptRateHz);
  const SpeechRange range = find_speech(samples, kPromptRateHz);
  judge_levels(samples, kPromptRateHz, range.begin, range.end, prompt.report);
  if (!prompt.report.usable()) return prompt;
  std::vector<float> speech = speech_of(samples, range);
  bring_to_level(speech);
  prompt.track = track_f0(speech.data(), speech.size(), kPromptRateHz);
  judge_sound(speech, kPromptRateHz, prompt.track, prompt.report);
  if (prompt.report.usable()) prompt.samples = std::move(speech);
  return prompt;
}

HeardSpeaker hear_speaker(SpeakerEncoder& encoder, const std::vector<Prompt>& prompts) {
  torch::NoGradGuard no_grad;
  std::vector<Tensor> waves, vectors, energies;
  for (const auto& prompt : prompts) {
    require_usable(prompt.report);
    waves.push_back(as_tensor(prompt.samples));
    vectors.push_back(window_vectors(encoder, waves.back()));
    energies.push_back(sounding_energy(frame_energy(waves.back(), kFrame)));
  }
  HeardSpeaker out;
  out.vectors = torch::cat(vectors);
  const Tensor vector = vector_of_all(encoder, waves);
  out.likeness = torch::matmul(out.vectors, vector).mean().item<double>();
  out.traits.vector.assign(vector.data_ptr<float>(), vector.data_ptr<float>() + vector.numel());
  const Tensor f0 = voiced_log_f0(prompts), energy = torch::cat(energies);
  VoiceStatistics& s = out.traits.statistics;
  s.log_f0_mean = f0.mean().item<double>();
  s.log_f0_deviation = deviation_of(f0, 0.01 * double(f0.numel()), kUsualF0Deviation);
  // The networks speak at the level that all their speakers were brought to.
  s.energy_mean = kCommonEnergy;
  s.energy_deviation = deviation_of(energy, 0.02 * double(energy.numel()), kUsualEnergyDeviation);
  out.traits.gain_db = voice_gain_db(s.energy_mean);
  return out;
}

}  // namespace tts
