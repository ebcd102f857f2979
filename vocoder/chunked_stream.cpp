#include "vocoder/chunked_stream.h"

#include <algorithm>

namespace tts {

ChunkedStream::ChunkedStream(Vocoder& vocoder,
                             std::vector<RandomStream> noise,
                             Sink sink,
                             int64_t made_frames)
    : vocoder_(vocoder),
      state_(std::move(noise)),
      sink_(std::move(sink)),
      made_frames_(made_frames) {}

int64_t ChunkedStream::chunk_frames() const {
  return std::clamp(kChunkGrowth * made_frames_, kFirstChunkFrames, kLargestChunkFrames);
}

void ChunkedStream::feed(const Tensor& latents) {
  waiting_ = waiting_.defined() ? torch::cat({waiting_, latents}, 1) : latents;
  int64_t used = 0;
  // A quarter of a chunk waits, because the last one would be a small one otherwise.
  for (int64_t chunk = chunk_frames(); waiting_.size(1) - used > chunk + chunk / 4;
       chunk = chunk_frames()) {
    step(waiting_.slice(1, used, used + chunk), false);
    used += chunk;
  }
  waiting_ = waiting_.slice(1, used);
}

void ChunkedStream::flush() {
  const int64_t count = waiting_.defined() ? waiting_.size(1) - 1 : 0;
  if (count <= 0) return;
  step(waiting_.slice(1, 0, count), false);
  waiting_ = waiting_.slice(1, count);
}

void ChunkedStream::finish() {
  if (waiting_.defined()) step(waiting_, true);
  waiting_ = Tensor();
}

void ChunkedStream::step(const Tensor& latents, bool last) {
  made_frames_ += latents.size(1);
  sink_(vocoder_.stream(latents, last, state_).wave);
}

}  // namespace tts
