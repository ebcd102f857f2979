// One stream through a vocoder, cut into chunks of its own.
#pragma once
#include <functional>

#include "vocoder/vocoder.h"

namespace tts {

// Frames per step of the vocoder. Half a second first, so that sound begins early; then three times
// what has been made so far, because every step reads all weights once: the listener hears the last
// chunk while the next is made, which holds for everybody who computes three times as fast as they
// listen.
inline constexpr int64_t kFirstChunkFrames = 25, kLargestChunkFrames = 300, kChunkGrowth = 3;

// However the latents arrive between calls of flush(), the vocoder sees the same chunks: the
// samples are the same to the last bit. (Fed directly, it sees products of other shapes, which
// round otherwise.)
class ChunkedStream {
 public:
  // Receives samples [B, S] as they become certain.
  using Sink = std::function<void(const Tensor& wave)>;
  // `made_frames` of sound came before this stream.
  ChunkedStream(Vocoder& vocoder,
                std::vector<RandomStream> noise,
                Sink sink,
                int64_t made_frames = 0);

  void feed(const Tensor& latents);  // [B, t, D]
  // What waits for a whole chunk is sounded now, but for one frame, with which finish() ends.
  void flush();
  void finish();

 private:
  int64_t chunk_frames() const;
  void step(const Tensor& latents, bool last);

  Vocoder& vocoder_;
  VocoderStream state_;
  Sink sink_;
  Tensor waiting_;  // [B, t, D] latents not yet sounded
  int64_t made_frames_;
};

}  // namespace tts
