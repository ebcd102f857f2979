// One stream through a vocoder, cut into chunks of its own.
#pragma once
#include <functional>

#include "vocoder/vocoder.h"

namespace tts {

// Frames per step of the vocoder: half a second first, so that sound begins early, then up to two
// seconds, because products of few rows spend more on packing the weights than on multiplying.
inline constexpr int64_t kFirstChunkFrames = 25, kLargestChunkFrames = 100;

// However the latents arrive, the vocoder sees the same chunks: the samples are the same to the
// last bit. (Fed directly, it sees products of other shapes, which round otherwise.)
class ChunkedStream {
 public:
  // Receives samples [B, S] as they become certain.
  using Sink = std::function<void(const Tensor& wave)>;
  ChunkedStream(Vocoder& vocoder, std::vector<RandomStream> noise, Sink sink);

  void feed(const Tensor& latents);  // [B, t, D]
  void finish();

 private:
  void step(const Tensor& latents, bool last);

  Vocoder& vocoder_;
  VocoderStream state_;
  Sink sink_;
  Tensor waiting_;  // [B, t, D] latents not yet sounded
  int64_t chunk_frames_ = kFirstChunkFrames;
};

}  // namespace tts
