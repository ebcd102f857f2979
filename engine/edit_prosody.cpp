#include "engine/edit_prosody.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "analysis/energy.h"
#include "analysis/f0.h"
#include "analysis/symbol_prosody.h"
#include "codec/codec.h"

namespace tts {
namespace {

constexpr int64_t kAnchors = 8;                 // phones on each side of a gap
constexpr double kVoiced = 0.3;                 // voicing above which a phone's F0 means something
constexpr double kSlowest = 2, kFastest = 0.5;  // of the known phones, against the prediction

Tensor pair_means(const std::vector<float>& track, int64_t frames) {
  Tensor values = torch::tensor(track).slice(0, 0, 2 * frames);
  const int64_t missing = 2 * frames - values.size(0);
  if (missing > 0) values = torch::cat({values, values.slice(0, -1).expand({missing})});
  return values.view({frames, 2}).mean(1);
}

using Values = std::vector<double>;

Values to_values(const Tensor& values) {  // [1, N]
  const Tensor v = values.to(torch::kCPU, torch::kDouble).contiguous();
  return {v.data_ptr<double>(), v.data_ptr<double>() + v.numel()};
}

Tensor to_tensor_like(const Values& row, const Tensor& like) {
  return torch::tensor(row).to(like.options()).unsqueeze(0);
}

// Weighted mean of known - predicted over the nearest known phones from `at` on, going by `step`.
std::optional<double> offset_at(
    const Values& known, const Values& predicted, const Values& weight, int64_t at, int64_t step) {
  double sum = 0, total = 0;
  int64_t found = 0;
  for (; at >= 0 && at < static_cast<int64_t>(known.size()) && found < kAnchors; at += step) {
    if (weight[at] <= 0) continue;
    sum += weight[at] * (known[at] - predicted[at]);
    total += weight[at];
    ++found;
  }
  if (total <= 0) return {};
  return sum / total;
}

// `known` outside the gap, in it `predicted` on a line from the left offset to the right one.
Values fitted_to_known(const Values& known,
                       const Values& predicted,
                       const Values& weight,
                       ProsodyGap gap) {
  const auto left = offset_at(known, predicted, weight, gap.begin - 1, -1);
  const auto right = offset_at(known, predicted, weight, gap.end, 1);
  const double first = left.value_or(right.value_or(0)), last = right.value_or(first);
  Values out = known;
  const auto count = static_cast<double>(gap.end - gap.begin);
  for (int64_t i = gap.begin; i < gap.end; ++i) {
    const double place = (static_cast<double>(i - gap.begin) + 0.5) / count;
    out[i] = predicted[i] + first + (last - first) * place;
  }
  return out;
}

// How much slower than predicted the known phones are.
double slowness(const Values& known, const Values& predicted, const Values& is_phone) {
  double has = 0, expected = 0;
  for (size_t i = 0; i < known.size(); ++i) {
    has += is_phone[i] * known[i];
    expected += is_phone[i] * predicted[i];
  }
  return has > 0 && expected > 0 ? std::clamp(has / expected, kFastest, kSlowest) : 1;
}

}  // namespace

double level_gain(const Tensor& samples, const VoiceStatistics& statistics) {
  const Tensor loud = sounding_energy(frame_energy(samples, kFrameSamples));
  return std::exp(statistics.energy_mean - loud.mean().item<double>());
}

Prosody measure_prosody(const Tensor& samples,
                        const std::vector<int64_t>& frames,
                        const VoiceStatistics& statistics) {
  const Tensor sound = samples.contiguous();
  const int64_t count = sound.size(0) / kFrameSamples;
  const F0Track track = track_f0(sound.data_ptr<float>(), sound.numel(), kSampleRateHz);
  std::vector<float> is_voiced;
  for (const float hz : track.f0_hz) is_voiced.push_back(hz > 0 ? 1.0f : 0.0f);
  const Tensor voiced = pair_means(is_voiced, count);
  const Tensor log_f0 = pair_means(interpolate_log_f0(track), count);
  const Tensor energy = frame_energy(sound, kFrameSamples), all = torch::ones_like(energy);
  const Tensor durations = torch::tensor(frames);
  Prosody out;
  out.durations = durations.to(torch::kFloat).unsqueeze(0);
  out.voicing = symbol_means(voiced, all, durations);
  const auto usual = static_cast<float>(statistics.log_f0_mean);
  out.log_f0 =
      bridge(symbol_means(log_f0, voiced, durations), (out.voicing > 0.1).to(torch::kFloat), usual)
          .unsqueeze(0);
  out.voicing = out.voicing.unsqueeze(0);
  const Tensor level =
      bridge(symbol_means(energy, all, durations), (durations > 0).to(torch::kFloat), -5.0f);
  out.energy = ((level - statistics.energy_mean) / statistics.energy_deviation).unsqueeze(0);
  return out;
}

Prosody fill_prosody(const Prosody& known,
                     const Prosody& predicted,
                     ProsodyGap gap,
                     const std::vector<bool>& phones) {
  const Values durations = to_values(known.durations), voicing = to_values(known.voicing),
               likely_voicing = to_values(predicted.voicing);
  Values is_phone(durations.size(), 0), is_voiced(durations.size(), 0);
  for (int64_t i = 0; i < static_cast<int64_t>(durations.size()); ++i) {
    if ((i >= gap.begin && i < gap.end) || !phones[i] || durations[i] <= 0) continue;
    is_phone[i] = 1;
    is_voiced[i] = std::min(voicing[i], likely_voicing[i]) > kVoiced ? 1 : 0;
  }
  const Values likely = to_values(predicted.durations);
  const double slower = slowness(durations, likely, is_phone);
  Values lengths = durations, voiced = voicing;
  for (int64_t i = gap.begin; i < gap.end; ++i) {
    lengths[i] = likely[i] * slower;
    voiced[i] = likely_voicing[i];
  }
  Prosody out;
  out.durations = to_tensor_like(lengths, predicted.log_f0);
  out.voicing = to_tensor_like(voiced, predicted.log_f0);
  out.log_f0 = to_tensor_like(
      fitted_to_known(to_values(known.log_f0), to_values(predicted.log_f0), is_voiced, gap),
      predicted.log_f0);
  out.energy = to_tensor_like(
      fitted_to_known(to_values(known.energy), to_values(predicted.energy), is_phone, gap),
      predicted.log_f0);
  return out;
}

}  // namespace tts
