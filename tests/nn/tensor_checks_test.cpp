#include "tests/tensor_checks.h"

#include <limits>

using namespace tts;

TEST_CASE("a difference of tensors is said with its place, both values and how many there are") {
  const torch::Tensor a = torch::tensor({{1.0f, 2.0f}, {3.0f, 4.0f}}), b = a.clone();
  CHECK(tensor_difference(a, b, 0).empty());
  b[1][0] = 3.5f;
  b[1][1] = 4.125f;
  CHECK(tensor_difference(a, b, 0) == "at [1, 0]: 3 and 3.5; 2 of 4 differ");
  CHECK(tensor_difference(a, b, 0.25) == "at [1, 0]: 3 and 3.5; 1 of 4 differ");
  CHECK(tensor_difference(a, b, 0.5).empty());
  CHECK(tensor_difference(a, a[0], 9) == "shapes are [2, 2] and [2]");
  CHECK(tensor_difference(a, {}, 9) == "the second is none");
  CHECK(tensor_difference(torch::tensor(3), torch::tensor(4), 0) ==
        "at []: 3 and 4; 1 of 1 differ");
}

TEST_CASE("no number is equal to none, an infinity is equal to itself") {
  const double infinity = std::numeric_limits<double>::infinity();
  const torch::Tensor odd = torch::tensor({infinity, -infinity, 1.0});
  CHECK_TENSOR_EQ(odd, odd.clone());
  CHECK(!tensor_difference(odd, -odd, 1e9).empty());
  const torch::Tensor none = torch::full({2}, std::numeric_limits<double>::quiet_NaN());
  CHECK(!tensor_difference(none, none, 1).empty());
}
