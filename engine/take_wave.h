// One take's frames → its kept samples, as they become ready.
#pragma once
#include <atomic>
#include <cstdint>
#include <vector>

#include "engine/delivery.h"
#include "engine/take.h"
#include "engine/voice.h"
#include "vocoder/chunked_stream.h"

namespace tts {

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
  void deliver(std::vector<float> samples);

  const Voice& voice_;
  const Take& take_;
  const std::atomic<bool>& cancelled_;
  Delivery& out_;
  ChunkedStream stream_;
  int64_t position_ = 0;  // samples of the take that came out of the vocoder
};

}  // namespace tts
