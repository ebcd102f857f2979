#include "acoustic/tokens/unmasking.h"

#include "tests/test.h"

using namespace tts;

TEST_CASE("unmasking: steps fall by half from level to level, masks by a cosine to none") {
  CHECK(steps_per_level({}, 8, 6) == std::vector<int64_t>{8, 4, 2, 1, 1, 1});
  CHECK(steps_per_level({}, 1, 2) == std::vector<int64_t>{1, 1});
  CHECK(steps_per_level({8, 3}, 1, 4) == std::vector<int64_t>{8, 3, 3, 3});
  CHECK_THROWS_WITH(steps_per_level({3, 2, 1}, 1, 2),
                    "level-steps has 3 numbers; the codec has 2 levels");
  CHECK(masked_after(0, 2, 100) == 70);
  CHECK(masked_after(1, 2, 100) == 0);
  CHECK(masked_after(0, 1, 100) == 0);
  int64_t before = 100;
  for (int64_t step = 0; step < 8; ++step) {
    CHECK(masked_after(step, 8, 100) < before);
    before = masked_after(step, 8, 100);
  }
}

TEST_CASE("spans: the largest of each, and back; the last may be shorter") {
  const Tensor x = torch::tensor({{1.0f, 3.0f, 2.0f, 0.0f, 5.0f}});
  CHECK(over_spans(x, 2).equal(torch::tensor({{3.0f, 2.0f, 5.0f}})));
  CHECK(over_spans(x, 1).equal(x));
  CHECK(over_spans(x > 2, 3).equal(torch::tensor({{true, true}})));
  CHECK(spread_spans(torch::tensor({{7, 8, 9}}), 1, 2).equal(torch::tensor({{7, 8}})));
  CHECK(spread_spans(torch::tensor({{7, 8, 9}}), 2, 5).equal(torch::tensor({{7, 7, 8, 8, 9}})));
}

TEST_CASE("the least confident of the masked frames stay masked, in each row its own number") {
  const Tensor confidence = torch::tensor({{0.4f, 0.1f, 0.2f, 0.0f}, {0.3f, 0.2f, 0.1f, 0.4f}});
  const Tensor masked = torch::tensor({{true, true, true, false}, {true, true, true, true}});
  const Tensor left = least_confident(confidence, masked, {2, 1});
  CHECK(left.equal(torch::tensor({{false, true, true, false}, {false, false, true, false}})));
}
