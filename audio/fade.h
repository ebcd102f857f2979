// Equal-power fades and joins: the gains of the two sides are sine and cosine, so that the power of
// unrelated sounds stays the same through a join.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tts {

// The gain at sample `position` of a fade-in over `length` samples: sin(π/2 (position + 1/2) /
// length), 1 from `length` on, 0 before 0. A fade-out counts from its end. length 0: no fade.
float fade_gain(int64_t position, int64_t length);

// `first` then `second`, the last `overlap` samples of one mixed with the first of the other.
// → [first + second - overlap]. An overlap longer than either is shortened.
std::vector<float> join(const std::vector<float>& first,
                        const std::vector<float>& second,
                        size_t overlap);

}  // namespace tts
