#include "acoustic/tokens/token_sampling.h"

#include "tests/test.h"

using namespace tts;

namespace {

Tensor thirds() {  // 0.1, 0.6, 0.3 in 20,000 frames
  return torch::log(torch::tensor({0.1f, 0.6f, 0.3f})).expand({1, 20000, 3});
}

Tensor shares_of(const Tensor& codes) {
  return torch::bincount(codes.flatten(), {}, 3) / static_cast<double>(codes.numel());
}

Sampling seeded() {
  Sampling s;
  s.seed = 3;
  return s;
}

}  // namespace

TEST_CASE("drawing codes: the likeliest at temperature 0, their distribution at 1") {
  const Sampling s = seeded();
  CHECK(draw_codes(thirds(), {0.0}, s, {0}).codes.eq(1).all().item<bool>());
  const Draw drawn = draw_codes(thirds(), {1.0}, s, {0});
  CHECK((shares_of(drawn.codes) - torch::tensor({0.1, 0.6, 0.3})).abs().max().item<double>() <
        0.02);
  CHECK(drawn.log_probabilities.exp().max().item<double>() == doctest::Approx(0.6));
  CHECK(!draw_codes(thirds(), {1.0}, s, {1}).codes.equal(drawn.codes));
}

TEST_CASE("drawing codes: each column at its own temperature") {
  const Tensor log_p = torch::log(torch::tensor({0.3f, 0.4f, 0.3f})).expand({300, 2, 3});
  Sampling s = seeded();
  const Tensor codes = draw_codes(log_p, {0.0, 1.0}, s, {0}).codes;
  CHECK(codes.select(1, 0).eq(1).all().item<bool>());
  CHECK(!codes.select(1, 1).eq(1).all().item<bool>());
  s.temperature = 0.9;
  CHECK(temperature_of(s, 0) == 0.9);
  CHECK(temperature_of(s, 1) == 0.9);
  s.fine_temperature = 0.2;
  CHECK(temperature_of(s, 0) == 0.9);
  CHECK(temperature_of(s, 1) == 0.2);
}

TEST_CASE("top-k and top-p by hand") {
  const Tensor log_p = torch::log(torch::tensor({0.1f, 0.6f, 0.3f}));
  const auto kept = [](const Tensor& t) { return t.isfinite(); };
  CHECK(kept(keep_top_k(log_p, 2)).equal(torch::tensor({false, true, true})));
  CHECK(kept(keep_top_k(log_p, 1)).equal(torch::tensor({false, true, false})));
  CHECK(keep_top_k(log_p, 0).equal(log_p));
  CHECK(keep_top_k(log_p, 9).equal(log_p));
  CHECK(kept(keep_top_p(log_p, 0.5)).equal(torch::tensor({false, true, false})));
  CHECK(kept(keep_top_p(log_p, 0.8)).equal(torch::tensor({false, true, true})));
  CHECK(kept(keep_top_p(log_p, 0.95)).equal(torch::tensor({true, true, true})));
  CHECK(kept(keep_top_p(log_p, 0)).equal(torch::tensor({false, true, false})));
  Sampling s = seeded();
  s.top_k = 2;
  const Tensor shares = shares_of(draw_codes(thirds(), {1.0}, s, {0}).codes);
  CHECK((shares - torch::tensor({0.0, 2.0 / 3, 1.0 / 3})).abs().max().item<double>() < 0.02);
  s.top_k = 0;
  s.top_p = 0.5;
  CHECK(draw_codes(thirds(), {1.0}, s, {0}).codes.eq(1).all().item<bool>());
}

TEST_CASE("repetitions: a code that fills the window is drawn again from all codes") {
  // Two columns; code 1 stands in three of the last four frames of the first.
  const Tensor history = torch::tensor({{{1, 0}, {1, 1}, {1, 0}, {2, 2}, {1, 0}}});
  const Tensor codes = torch::tensor({{1, 1}});
  CHECK(repeated(codes, history, 4, 0.5).equal(torch::tensor({{true, false}})));
  CHECK(repeated(codes, history, 4, 0.75).equal(torch::tensor({{false, false}})));
  // A window that reaches beyond the beginning counts what is there.
  CHECK(repeated(codes, history.slice(1, 0, 1), 4, 0.2).equal(torch::tensor({{true, false}})));
  Sampling s = seeded();
  s.top_k = 1;  // always code 1 …
  const Tensor log_p = torch::log(torch::tensor({0.1f, 0.5f, 0.4f})).expand({1, 20000, 3});
  const Tensor always = torch::ones({1, 10, 20000}, torch::kLong);
  CHECK(draw_codes(log_p, {1.0}, s, {0}, always).codes.eq(1).all().item<bool>());
  s.repetition_window = 10;  // … unless it repeats
  const Tensor shares = shares_of(draw_codes(log_p, {1.0}, s, {0}, always).codes);
  CHECK((shares - torch::tensor({0.1, 0.5, 0.4})).abs().max().item<double>() < 0.02);
  const Tensor never = torch::zeros({1, 10, 20000}, torch::kLong);
  CHECK(draw_codes(log_p, {1.0}, s, {0}, never).codes.eq(1).all().item<bool>());
}
