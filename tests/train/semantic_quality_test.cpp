#include "train/semantic_quality.h"

#include <cmath>

#include "tests/test.h"

using namespace tts;

TEST_CASE("shared information: all, none, and half of it by hand") {
  CHECK(shared_information({{{0, "a"}, 5}, {{1, "b"}, 5}}) == doctest::Approx(1));
  CHECK(shared_information({{{0, "a"}, 5}, {{0, "b"}, 5}}) == doctest::Approx(0));
  CHECK(shared_information({{{0, "a"}, 2}, {{0, "b"}, 2}, {{1, "a"}, 2}, {{1, "b"}, 2}}) ==
        doctest::Approx(0).epsilon(1e-9));
  CHECK(shared_information({{{0, "a"}, 7}}) == 0);  // one class: nothing to tell
  // Four equal classes, two tokens of two classes each: one bit of two.
  CHECK(shared_information({{{0, "a"}, 1}, {{0, "b"}, 1}, {{1, "c"}, 1}, {{1, "d"}, 1}}) ==
        doctest::Approx(0.5));
}
