#include "engine/take_wave.h"

#include <ATen/record_function.h>

#include <algorithm>
#include <cmath>

#include "audio/fade.h"
#include "core/stop.h"

namespace tts {
namespace {

// Cut edges are faded so that they never click.
constexpr int64_t kFadeIn = kSampleRateHz * 5 / 1000;
constexpr int64_t kFadeOut = kSampleRateHz * 15 / 1000;

constexpr int64_t kVolumeRamp = kSampleRateHz * 20 / 1000;  // around a change of volume

// What markup asks; empty: nothing.
std::vector<VolumeChange> volume_changes(const Take& take) {
  std::vector<VolumeChange> out;
  double last_db = 0;
  int64_t frame = 0;
  for (size_t i = 0; i < take.symbols.symbols.size(); ++i) {
    const double db = take.symbols.symbols[i].style.volume_db;
    if (db != last_db)
      out.push_back({frame * kFrameSamples, static_cast<float>(std::pow(10.0, db / 20))});
    last_db = db;
    frame += take.frames[i];
  }
  return out;
}

}  // namespace

TakeWave::TakeWave(const Voice& voice,
                   const Take& take,
                   uint64_t seed,
                   const std::atomic<bool>& cancelled,
                   Sink sink)
    : voice_(voice),
      take_(take),
      cancelled_(cancelled),
      sink_(std::move(sink)),
      stream_(
          voice.vocoder(),
          {RandomStream(seed, take.utterance)},
          [this](const Tensor& wave) {
            if (cancelled_) fail_cancelled();
            const Tensor sound = wave.to(torch::kCPU).contiguous();
            const float* samples = sound.data_ptr<float>();
            deliver({samples, samples + sound.numel()});
          },
          std::max<int64_t>(0, take.start) / kFrameSamples),
      changes_(volume_changes(take)) {}

void TakeWave::feed(const Tensor& frames) {
  RECORD_USER_SCOPE("vocoder");
  stream_.feed(voice_.to_latents(frames));
}

void TakeWave::flush() {
  RECORD_USER_SCOPE("vocoder");
  stream_.flush();
}

void TakeWave::finish() {
  RECORD_USER_SCOPE("vocoder");
  stream_.finish();
}

// Straight from one gain to the next within kVolumeRamp around each change. Of samples from
// position_ on.
void TakeWave::set_volume(std::vector<float>& samples) const {
  size_t next = 0;  // the first change that lies wholly ahead
  for (size_t i = 0; i < samples.size(); ++i) {
    const int64_t at = position_ + static_cast<int64_t>(i);
    while (next < changes_.size() && changes_[next].at + kVolumeRamp / 2 <= at) ++next;
    float gain = next == 0 ? 1 : changes_[next - 1].gain;
    if (next < changes_.size() && at > changes_[next].at - kVolumeRamp / 2) {
      const int64_t since = at - (changes_[next].at - kVolumeRamp / 2);
      gain += (changes_[next].gain - gain) * static_cast<float>(since) / kVolumeRamp;
    }
    samples[i] *= gain;
  }
}

// Keeps [cut_begin, cut_end) of the take, faded at both ends.
void TakeWave::deliver(std::vector<float> samples) {
  const int64_t begin = position_;
  const int64_t end = begin + static_cast<int64_t>(samples.size());
  if (!changes_.empty()) set_volume(samples);
  position_ = end;
  const int64_t first = std::max(begin, take_.cut_begin), behind = std::min(end, take_.cut_end);
  if (first >= behind) return;
  const auto fade = [&](int64_t from, int64_t to) {
    for (int64_t i = std::max(first, from); i < std::min(behind, to); ++i)
      samples[i - begin] *=
          fade_gain(i - take_.cut_begin, kFadeIn) * fade_gain(take_.cut_end - 1 - i, kFadeOut);
  };
  const int64_t faded_in = take_.cut_begin + kFadeIn;
  fade(first, faded_in);
  fade(std::max(faded_in, take_.cut_end - kFadeOut), behind);
  samples.erase(samples.begin() + (behind - begin), samples.end());
  samples.erase(samples.begin(), samples.begin() + (first - begin));
  sink_(std::move(samples));
}

}  // namespace tts
