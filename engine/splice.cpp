#include "engine/splice.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "audio/fade.h"

namespace tts {
namespace {

constexpr int64_t kMostCompared = 12000;  // samples on each side whose levels are compared
constexpr double kQuiet = 1e-3;           // amplitude below which there is nothing to compare
constexpr double kMostGain = 0.7;         // natural log, so 6 dB: more would be a mistake

double root_mean_square(const float* samples, int64_t count) {
  double sum = 0;
  for (int64_t i = 0; i < count; ++i) sum += static_cast<double>(samples[i]) * samples[i];
  return std::sqrt(sum / static_cast<double>(std::max<int64_t>(1, count)));
}

// Natural log of the gain that makes `made` as loud as `real`; nothing when either is quiet.
std::optional<double> gain_for(const float* made, const float* real, int64_t count) {
  const double a = root_mean_square(made, count), b = root_mean_square(real, count);
  if (count == 0 || a < kQuiet || b < kQuiet) return {};
  return std::clamp(std::log(b / a), -kMostGain, kMostGain);
}

void match_level(const std::vector<float>& recording, SampleSpan cut, Patch& patch) {
  const auto size = static_cast<int64_t>(recording.size());
  const int64_t before = std::min({patch.lead, cut.begin, kMostCompared});
  const int64_t behind = std::min({patch.trail, size - cut.end, kMostCompared});
  const auto left = gain_for(
      patch.samples.data() + patch.lead - before, recording.data() + cut.begin - before, before);
  const auto right =
      gain_for(patch.samples.data() + patch.lead + patch.gap(), recording.data() + cut.end, behind);
  const double first = left.value_or(right.value_or(0)), last = right.value_or(first);
  const auto gap = static_cast<double>(std::max<int64_t>(1, patch.gap()));
  for (size_t i = 0; i < patch.samples.size(); ++i) {
    const double place =
        std::clamp((static_cast<double>(i) - static_cast<double>(patch.lead)) / gap, 0.0, 1.0);
    patch.samples[i] *= static_cast<float>(std::exp(first + (last - first) * place));
  }
}

}  // namespace

std::vector<float> splice(const std::vector<float>& recording,
                          SampleSpan cut,
                          Patch patch,
                          int64_t fade_samples) {
  const auto size = static_cast<int64_t>(recording.size());
  if (patch.samples.empty()) {
    // Each end goes on as it did for half of the fade.
    const int64_t half =
        std::min({fade_samples / 2, cut.begin, size - cut.end, cut.end - cut.begin});
    const std::vector<float> first(recording.begin(), recording.begin() + cut.begin + half);
    const std::vector<float> second(recording.begin() + cut.end - half, recording.end());
    return join(first, second, static_cast<size_t>(2 * half));
  }
  match_level(recording, cut, patch);
  std::vector<float> out(recording.begin(), recording.begin() + cut.begin);
  const float* gap = patch.samples.data() + patch.lead;
  out.insert(out.end(), gap, gap + patch.gap());
  out.insert(out.end(), recording.begin() + cut.end, recording.end());
  const int64_t in = std::min({fade_samples, patch.lead, cut.begin});
  for (int64_t i = 0; i < in; ++i) {
    float& sample = out[cut.begin - in + i];
    sample = sample * fade_gain(in - 1 - i, in) + gap[i - in] * fade_gain(i, in);
  }
  const int64_t back = std::min({fade_samples, patch.trail, size - cut.end});
  const int64_t behind = cut.begin + patch.gap();
  for (int64_t i = 0; i < back; ++i)
    out[behind + i] =
        out[behind + i] * fade_gain(i, back) + gap[patch.gap() + i] * fade_gain(back - 1 - i, back);
  return out;
}

}  // namespace tts
