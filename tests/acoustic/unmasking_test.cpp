#include "acoustic/masked/unmasking.h"

#include "acoustic/token_sampling.h"
#include "tests/test.h"

using namespace tts;

TEST_CASE("unmasking: steps fall by half from level to level, masks by a cosine to none") {
  CHECK(steps_per_level(8, 6) == std::vector<int64_t>{8, 4, 2, 1, 1, 1});
  CHECK(steps_per_level(1, 2) == std::vector<int64_t>{1, 1});
  CHECK(masked_after(0, 2, 100) == 70);
  CHECK(masked_after(1, 2, 100) == 0);
  CHECK(masked_after(0, 1, 100) == 0);
  int64_t before = 100;
  for (int64_t step = 0; step < 8; ++step) {
    CHECK(masked_after(step, 8, 100) < before);
    before = masked_after(step, 8, 100);
  }
}

TEST_CASE("drawing codes: the likeliest at temperature 0, their distribution at 1") {
  const Tensor log_p = torch::log(torch::tensor({0.1f, 0.6f, 0.3f})).expand({1, 20000, 3});
  Sampling sampling;
  sampling.seed = 3;
  CHECK(draw_codes(log_p, 0, sampling, 0).codes.eq(1).all().item<bool>());
  const Draw drawn = draw_codes(log_p, 1, sampling, 0);
  const Tensor shares = torch::bincount(drawn.codes.flatten(), {}, 3) / 20000.0;
  CHECK((shares - torch::tensor({0.1, 0.6, 0.3})).abs().max().item<double>() < 0.02);
  CHECK(drawn.log_probabilities.exp().max().item<double>() == doctest::Approx(0.6));
  CHECK(!draw_codes(log_p, 1, sampling, 1).codes.equal(drawn.codes));
}

TEST_CASE("the least confident of the masked frames stay masked, in each row its own number") {
  const Tensor confidence = torch::tensor({{0.4f, 0.1f, 0.2f, 0.0f}, {0.3f, 0.2f, 0.1f, 0.4f}});
  const Tensor masked = torch::tensor({{true, true, true, false}, {true, true, true, true}});
  const Tensor left = least_confident(confidence, masked, {2, 1});
  CHECK(left.equal(torch::tensor({{false, true, true, false}, {false, false, true, false}})));
}
