// One take's frames → its kept samples, as they become ready.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/take.h"
#include "engine/voice.h"
#include "vocoder/chunked_stream.h"

namespace tts {

// The sound is `gain` times as loud from here on, to the next change.
struct VolumeChange {
  int64_t at = 0;  // sample of the take
  float gain = 1;
};

class TakeWave {
 public:
  using Sink = std::function<void(std::vector<float> samples)>;
  TakeWave(const Voice& voice,
           const Take& take,
           uint64_t seed,
           const std::atomic<bool>& cancelled,
           Sink sink);

  // All throw Error(kCancelled) as soon as that is so.
  // Frames as the generator makes them, [1, t, K] standardised latents or [1, t, Q] codes.
  void feed(const Tensor& frames);
  void flush();  // what was fed is sounded now
  void finish();

 private:
  void deliver(std::vector<float> samples);
  void set_volume(std::vector<float>& samples) const;

  const Voice& voice_;
  const Take& take_;
  const std::atomic<bool>& cancelled_;
  Sink sink_;
  ChunkedStream stream_;
  std::vector<VolumeChange> changes_;
  int64_t position_ = 0;  // samples of the take that came out of the vocoder
};

}  // namespace tts
