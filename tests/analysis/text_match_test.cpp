#include "analysis/text_match.h"

#include <cmath>
#include <limits>
#include <random>

#include "tests/test.h"

using namespace tts;

namespace {

constexpr int64_t kWidth = 9;

// What a poor recogniser hears of `said`, three frames each: in half of the frames another phone is
// the likeliest, but the right one is not far behind.
struct Heard {
  std::vector<float> values;
  CtcRows rows() const {
    return {values.data(), static_cast<int64_t>(values.size()) / kWidth, kWidth};
  }
};

Heard heard(const Outputs& said) {
  std::mt19937 random(2);
  Heard out;
  for (const int64_t phone : said) {
    for (int frame = 0; frame < 3; ++frame) {
      std::vector<double> weight(kWidth, 1);
      weight[static_cast<size_t>(phone)] = 4;
      if (frame != 1) weight[random() % kWidth] += 8;
      double sum = 0;
      for (const double w : weight) sum += w;
      for (const double w : weight) out.values.push_back(static_cast<float>(std::log(w / sum)));
    }
  }
  return out;
}

Outputs drawn(size_t count, unsigned seed) {
  std::mt19937 random(seed);
  Outputs out;
  for (size_t i = 0; i < count; ++i)
    out.push_back(1 + static_cast<int64_t>(random() % (kWidth - 1)));
  return out;
}

}  // namespace

TEST_CASE("a text is told from others although most of it is misheard") {
  const Outputs text = drawn(40, 1);
  const Heard sound = heard(text);
  const Edits edits = count_edits(text, ctc_greedy(sound.rows()));
  CHECK(static_cast<double>(edits.total()) / 40 > 0.6);
  CHECK(text_match(sound.rows(), text) > 1.5 * kLeastMatch);
  CHECK(says(sound.rows(), text, 0.8));
  for (unsigned seed = 2; seed < 30; ++seed) {
    CHECK(text_match(sound.rows(), drawn(40, seed)) < kLeastMatch);
    CHECK(!says(sound.rows(), drawn(40, seed), 0.8));
  }
  CHECK(says(sound.rows(), drawn(40, 2), 0.5));  // most was heard: no more is asked
}

TEST_CASE("a match of nothing, of too little and of too much") {
  const Heard sound = heard(drawn(10, 1));
  CHECK(text_match(sound.rows(), {}) == 0);
  CHECK(text_match(sound.rows(), {1, 2}) == 0);
  CHECK(text_match(sound.rows(), drawn(200, 1)) == 0);           // more phones than frames
  CHECK(text_match(sound.rows(), Outputs(8, 3)) < kLeastMatch);  // all orders are one
}
