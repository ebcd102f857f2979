#include "audio/silence.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace tts {
namespace {

constexpr double kFrameSeconds = 0.01;
constexpr double kFloorDb = -100;  // digital silence

// Decibels of each whole frame, its mean taken off; the rest is part of the last frame. → [S /
// frame]
std::vector<double> levels_of(const std::vector<float>& samples, size_t frame) {
  std::vector<double> levels;
  for (size_t at = 0; at + frame <= samples.size(); at += frame) {
    double sum = 0, squares = 0;
    for (size_t i = at; i < at + frame; ++i) {
      sum += samples[i];
      squares += double(samples[i]) * samples[i];
    }
    const double mean = sum / double(frame);
    const double power = squares / double(frame) - mean * mean;
    levels.push_back(std::max(kFloorDb, 10 * std::log10(std::max(power, 1e-12))));
  }
  return levels;
}

double percentile(std::vector<double> values, double part) {
  const auto at = values.begin() + static_cast<int64_t>(part * double(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// A recording without any silence has a "background" of quiet speech: the threshold stays 15 dB
// below the loud frames whatever the background.
double threshold_of(const std::vector<double>& levels, const SilenceOptions& options) {
  constexpr double kNearestToSpeechDb = 15;
  const double speech = percentile(levels, 0.95), background = percentile(levels, 0.05);
  const double above_noise =
      std::min(background + options.above_noise_db, speech - kNearestToSpeechDb);
  return std::max(speech - options.below_speech_db, above_noise);
}

}  // namespace

SpeechRange find_speech(const std::vector<float>& samples,
                        int sample_rate_hz,
                        const SilenceOptions& options) {
  if (sample_rate_hz < 1000) fail(ErrorCode::kUsage, "no speech at ", sample_rate_hz, " Hz");
  const auto frame = static_cast<size_t>(std::lround(kFrameSeconds * sample_rate_hz));
  const std::vector<double> levels = levels_of(samples, frame);
  if (levels.empty()) return {};
  const double threshold = threshold_of(levels, options);
  const auto shortest = static_cast<size_t>(std::lround(options.shortest_speech_s / kFrameSeconds));
  SpeechRange range;
  for (size_t begin = 0; begin < levels.size();) {
    size_t end = begin;
    while (end < levels.size() && levels[end] > threshold && levels[end] > kFloorDb + 10) ++end;
    if (end > begin && end - begin >= shortest) {
      if (range.begin == range.end) range.begin = begin * frame;
      range.end = end == levels.size() ? samples.size() : end * frame;
    }
    begin = end + 1;
  }
  return range;
}

}  // namespace tts
