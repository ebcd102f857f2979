// Counter-based random numbers: Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as
// 1, 2, 3", 2011). A number is a pure function of its key and counter, so the neighbours in a
// batch, the chunking of a stream and whatever ran before never change it.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace tts {

// What a generation's random number is drawn for. Different purposes never share numbers.
enum class RandomPurpose : uint32_t {
  kLatent = 1,
  kDuration = 2,
  kNoise = 3,
  kToken = 4,
  kTrain = 5
};

// A stream of numbers of one utterance: keyed by (seed, utterance), counted by (purpose, step,
// level, index).
class RandomStream {
 public:
  RandomStream(uint64_t seed, uint32_t utterance) : seed_(seed), utterance_(utterance) {}

  // Uniform in (0, 1), standard normal. `index` counts within the frame sequence: frame * width +
  // column.
  void uniform(
      RandomPurpose purpose, uint32_t step, uint64_t first_index, float* out, size_t count) const;
  void normal(
      RandomPurpose purpose, uint32_t step, uint64_t first_index, float* out, size_t count) const;

 private:
  std::array<uint32_t, 4> block(RandomPurpose purpose, uint32_t step, uint64_t counter) const;
  uint64_t seed_;
  uint32_t utterance_;
};

// One Philox 4x32-10 block.
std::array<uint32_t, 4> philox(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key);

}  // namespace tts
