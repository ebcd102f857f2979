#include "engine/take_wave.h"

#include <ATen/record_function.h>

#include <algorithm>

#include "audio/fade.h"
#include "core/error.h"

namespace tts {
namespace {

// Cut edges are faded so that they never click.
constexpr int64_t kFadeIn = kSampleRateHz * 5 / 1000;
constexpr int64_t kFadeOut = kSampleRateHz * 15 / 1000;

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
            if (cancelled_) fail(ErrorCode::kCancelled, "cancelled");
            const Tensor sound = wave.to(torch::kCPU).contiguous();
            const float* samples = sound.data_ptr<float>();
            deliver({samples, samples + sound.numel()});
          },
          std::max<int64_t>(0, take.start) / kFrameSamples) {}

void TakeWave::feed(const Tensor& frames) {
  RECORD_USER_SCOPE("vocoder");
  stream_.feed(voice_.to_latents(frames));
}

void TakeWave::finish() {
  RECORD_USER_SCOPE("vocoder");
  stream_.finish();
}

// Keeps [cut_begin, cut_end) of the take, faded at both ends.
void TakeWave::deliver(std::vector<float> samples) {
  const int64_t begin = position_;
  const int64_t end = begin + static_cast<int64_t>(samples.size());
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
