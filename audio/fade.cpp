#include "audio/fade.h"

#include <algorithm>
#include <cmath>

namespace tts {

float fade_gain(int64_t position, int64_t length) {
  if (position >= length) return 1;
  if (position < 0) return 0;
  const double part = (static_cast<double>(position) + 0.5) / static_cast<double>(length);
  return static_cast<float>(std::sin(0.5 * M_PI * part));
}

std::vector<float> join(const std::vector<float>& first,
                        const std::vector<float>& second,
                        size_t overlap) {
  overlap = std::min({overlap, first.size(), second.size()});
  std::vector<float> out = first;
  const auto length = static_cast<int64_t>(overlap);
  const size_t begin = first.size() - overlap;
  for (int64_t i = 0; i < length; ++i) {
    out[begin + i] =
        first[begin + i] * fade_gain(length - 1 - i, length) + second[i] * fade_gain(i, length);
  }
  out.insert(out.end(), second.begin() + length, second.end());
  return out;
}

}  // namespace tts
