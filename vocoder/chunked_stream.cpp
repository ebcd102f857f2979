#include "vocoder/chunked_stream.h"

#include <algorithm>

namespace tts {

ChunkedStream::ChunkedStream(Vocoder& vocoder, std::vector<RandomStream> noise, Sink sink)
    : vocoder_(vocoder), state_(std::move(noise)), sink_(std::move(sink)) {}

void ChunkedStream::feed(const Tensor& latents) {
  waiting_ = waiting_.defined() ? torch::cat({waiting_, latents}, 1) : latents;
  int64_t used = 0;
  // One frame always waits, because the last chunk must not be empty.
  while (waiting_.size(1) - used > chunk_frames_) {
    step(waiting_.slice(1, used, used + chunk_frames_), false);
    used += chunk_frames_;
    chunk_frames_ = std::min(2 * chunk_frames_, kLargestChunkFrames);
  }
  waiting_ = waiting_.slice(1, used);
}

void ChunkedStream::finish() {
  if (waiting_.defined()) step(waiting_, true);
  waiting_ = Tensor();
}

void ChunkedStream::step(const Tensor& latents, bool last) {
  sink_(vocoder_.stream(latents, last, state_).wave);
}

}  // namespace tts
