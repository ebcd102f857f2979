#include "audio/fade.h"

#include "tests/audio/helpers.h"
#include "tests/test.h"

using namespace tts;
using namespace tts::test;

TEST_CASE("a fade's gains, by hand") {
  CHECK(fade_gain(0, 2) == doctest::Approx(std::sin(M_PI / 8)));
  CHECK(fade_gain(1, 2) == doctest::Approx(std::sin(3 * M_PI / 8)));
  CHECK(fade_gain(2, 2) == 1);
  CHECK(fade_gain(-1, 2) == 0);
  CHECK(fade_gain(0, 0) == 1);
}

TEST_CASE("the two sides of a join have the power of one") {
  for (int i = 0; i < 100; ++i) {
    const float in = fade_gain(i, 100), out = fade_gain(99 - i, 100);
    CHECK(in * in + out * out == doctest::Approx(1));
  }
}

TEST_CASE("a join has the length and the sounds of both, and no step") {
  const auto a = sine(200, 24000, 2400), b = sine(200, 24000, 1200);
  const auto joined = join(a, b, 240);
  REQUIRE(joined.size() == 2400 + 1200 - 240);
  for (int i = 0; i < 2160; ++i) CHECK(joined[i] == a[i]);
  for (int i = 2400; i < 3360; ++i) CHECK(joined[i] == b[i - 2160]);
  for (size_t i = 1; i < joined.size(); ++i) CHECK(std::abs(joined[i] - joined[i - 1]) < 0.06f);
  CHECK(join(a, {}, 240) == a);
  CHECK(join({1, 2}, {3, 4}, 0) == std::vector<float>{1, 2, 3, 4});
  CHECK(join({1, 2}, {3}, 9).size() == 2);
}
