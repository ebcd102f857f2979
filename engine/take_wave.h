// One take's frames → its kept samples, as they become ready.
#pragma once
#include <atomic>
#include <cstdint>
#include <vector>

#include "engine/delivery.h"
#include "engine/take.h"
#include "engine/voice.h"

namespace tts {

// Half a second of sound per step of the vocoder.
inline constexpr int64_t kChunkFrames = 25;

class TakeWave {
 public:
  TakeWave(const Voice& voice,
           const Take& take,
           uint64_t seed,
           const std::atomic<bool>& cancelled,
           Delivery& out);

  // Both throw Error(kCancelled) as soon as that is so.
  // Frames as the generator makes them, [1, t, K] standardised latents or [1, t, Q] codes.
  void feed(const Tensor& frames);
  void finish();

 private:
  void vocode(const Tensor& latents, bool last);
  void deliver(std::vector<float> samples);

  const Voice& voice_;
  const Take& take_;
  const std::atomic<bool>& cancelled_;
  Delivery& out_;
  VocoderStream stream_;
  Tensor waiting_;        // [1, t, D] latents not yet sounded
  int64_t position_ = 0;  // samples of the take that came out of the vocoder
};

}  // namespace tts
