// What GET /metrics tells, in Prometheus' text format. Thread-safe.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "engine/generation_batches.h"

namespace tts {

class Metrics {
 public:
  void answered(const std::string& path, int status);
  void sounded(double seconds);     // of audio that was made
  void first_byte(double seconds);  // from the request to its first sound
  void hung_up();                   // a client that left before the end

  struct Load {
    size_t waiting = 0, running = 0, places = 0, workers = 0;
  };
  std::string text(const Load& load, const GenerationBatches::Counts& batches = {}) const;

 private:
  static constexpr std::array<double, 11> kBounds = {
      0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

  mutable std::mutex mutex_;  // guards all below
  std::map<std::pair<std::string, int>, int64_t> answers_;
  double audio_s_ = 0, first_byte_sum_s_ = 0;
  int64_t hung_up_ = 0, first_byte_count_ = 0;
  std::array<int64_t, kBounds.size()> first_byte_{};  // cumulative
};

}  // namespace tts
