// A look-ahead peak limiter: no sample ever exceeds the ceiling, and the gain that sees to it moves
// slowly enough not to be heard as distortion. What stays below the ceiling passes bit for bit.
//
// The gain that each sample needs → its minimum over the samples ahead → released slowly → averaged
// over the look-ahead. An average of gains that are all low enough is low enough.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace tts {

struct LimiterOptions {
  double ceiling = 0.97;  // of full scale, 0..1
  double lookahead_s = 0.005;
  double release_s = 0.06;  // time constant
};

// One channel. Output is as long as the input and not delayed: process() holds the look-ahead back,
// finish() gives it. Fed piecewise = fed whole.
class Limiter {
 public:
  // Throws kUsage for options out of range.
  explicit Limiter(int sample_rate_hz, const LimiterOptions& options = {});

  std::vector<float> process(const float* samples, size_t count);
  // The rest. Afterwards the stream starts anew.
  std::vector<float> finish();

 private:
  struct Needed {
    int64_t position;
    double gain;
  };

  float step(float newest);
  double lowest_ahead(double gain);
  void reset();

  double ceiling_, release_;
  int64_t lookahead_;           // samples
  std::vector<float> delayed_;  // ring: the samples not yet given
  std::vector<double> gains_;   // ring: the gains being averaged
  std::deque<Needed> ahead_;    // falling candidates for the minimum
  double released_ = 1, sum_ = 0;
  size_t gain_slot_ = 0, delay_slot_ = 0;  // the oldest in each ring
  int64_t position_ = 0;                   // samples taken
};

}  // namespace tts
