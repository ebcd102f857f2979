// What a module says to speech-dispatcher. Answers and events are whole, whichever thread they come
// from.
#pragma once
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

namespace tts {

class Wire {
 public:
  explicit Wire(int fd) : fd_(fd) {}

  // Lines, each with its end. Throws Error(kOutput) when nobody reads.
  void say(std::string_view lines);
  // Event 705: one channel, full scale is 1.
  void audio(const float* samples, size_t count, int sample_rate_hz);

 private:
  const int fd_;
  std::mutex mutex_;
};

}  // namespace tts
