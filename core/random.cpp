#include "core/random.h"

#include <cmath>

namespace tts {
namespace {

// 23 bits and a half: with 24 the largest would round to 1, and log(1 - u) or -log(-log(u)) to
// infinity.
float to_uniform(uint32_t bits) {
  return (static_cast<float>(bits >> 9) + 0.5f) * (1.0f / 8388608.0f);
}

}  // namespace

std::array<uint32_t, 4> philox(std::array<uint32_t, 4> c, std::array<uint32_t, 2> k) {
  for (int round = 0; round < 10; ++round) {
    const uint64_t p0 = 0xD2511F53ull * c[0], p1 = 0xCD9E8D57ull * c[2];
    c = {static_cast<uint32_t>(p1 >> 32) ^ c[1] ^ k[0],
         static_cast<uint32_t>(p1),
         static_cast<uint32_t>(p0 >> 32) ^ c[3] ^ k[1],
         static_cast<uint32_t>(p0)};
    k[0] += 0x9E3779B9u;
    k[1] += 0xBB67AE85u;
  }
  return c;
}

std::array<uint32_t, 4> RandomStream::block(RandomPurpose purpose,
                                            uint32_t step,
                                            uint64_t counter) const {
  const uint32_t tag = (static_cast<uint32_t>(purpose) << 24) ^ step;
  // 32 bits of counter hold 2^34 numbers; the seed's two halves are the key.
  return philox(
      {static_cast<uint32_t>(counter), static_cast<uint32_t>(counter >> 32), tag, utterance_},
      {static_cast<uint32_t>(seed_), static_cast<uint32_t>(seed_ >> 32)});
}

void RandomStream::uniform(
    RandomPurpose purpose, uint32_t step, uint64_t first, float* out, size_t count) const {
  for (size_t i = 0; i < count;) {
    const uint64_t index = first + i;
    const auto bits = block(purpose, step, index / 4);
    for (uint64_t lane = index % 4; lane < 4 && i < count; ++lane, ++i)
      out[i] = to_uniform(bits[lane]);
  }
}

void RandomStream::normal(
    RandomPurpose purpose, uint32_t step, uint64_t first, float* out, size_t count) const {
  // Box-Muller: lanes (0, 1) and (2, 3) of a block are two pairs.
  for (size_t i = 0; i < count;) {
    const uint64_t index = first + i;
    const auto bits = block(purpose, step, index / 4);
    float values[4];
    for (int pair = 0; pair < 2; ++pair) {
      const float radius = std::sqrt(-2.0f * std::log(to_uniform(bits[2 * pair])));
      const float angle = 6.283185307179586f * to_uniform(bits[2 * pair + 1]);
      values[2 * pair] = radius * std::cos(angle);
      values[2 * pair + 1] = radius * std::sin(angle);
    }
    for (uint64_t lane = index % 4; lane < 4 && i < count; ++lane, ++i) out[i] = values[lane];
  }
}

}  // namespace tts
