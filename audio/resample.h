// Sample-rate conversion through soxr (linear phase, its high-quality recipe; -100 dB of aliases).
#pragma once
#include <cstddef>
#include <memory>
#include <vector>

namespace tts {

// False in a trainer-only build, where every conversion between different rates throws kInput.
bool can_resample();

// Without delay: sample i of the result stands at time i / to_hz. samples: [S] -> [ceil or floor of
// S * to_hz / from_hz]. Equal rates copy. Throws kUsage for a rate outside 1000..768000.
std::vector<float> resample(const std::vector<float>& samples, int from_hz, int to_hz);

// The same piecewise: what process() and finish() return, concatenated, equals resample() of the
// whole.
class Resampler {
 public:
  Resampler(int from_hz, int to_hz);
  ~Resampler();
  Resampler(Resampler&&) noexcept;
  Resampler& operator=(Resampler&&) noexcept;

  std::vector<float> process(const float* samples, size_t count);
  // The rest. Afterwards the stream starts anew.
  std::vector<float> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tts
