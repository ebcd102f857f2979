#include "acoustic/tokens/code_table.h"

#include "tests/test.h"

using namespace tts;

namespace {

CodeTableOptions small() {
  CodeTableOptions o;
  o.codebooks = 3;
  o.entries = 5;
  o.embedding = 4;
  return o;
}

}  // namespace

TEST_CASE("code table: sums are those of the levels that count") {
  torch::manual_seed(1);
  torch::NoGradGuard no_grad;
  CodeTable table(small(), 6);
  const Tensor codes = torch::tensor({{{1, 2, 5}}, {{0, 4, 3}}});  // 5 is not known
  const auto one = [&](int64_t q) {
    return table->embed(codes.select(2, q), torch::full({2}, q, torch::kLong));
  };
  CHECK((table->sum(codes) - (one(0) + one(1) + one(2))).abs().max().item<float>() < 1e-6);
  const Tensor some = table->sum(codes, torch::tensor({0, 2}));
  CHECK(some[0].abs().max().item<float>() == 0);
  CHECK((some[1] - (one(0) + one(1))[1]).abs().max().item<float>() < 1e-6);
}

TEST_CASE("code table: one level and all levels are predicted alike, as distributions") {
  torch::manual_seed(2);
  torch::NoGradGuard no_grad;
  CodeTable table(small(), 6);
  const Tensor hidden = torch::randn({2, 3, 6});
  const Tensor all = table->predict_first(hidden, 3);  // [B, T, Q, entries]
  CHECK((all.exp().sum(3) - 1).abs().max().item<float>() < 1e-5);
  const Tensor some = table->predict(hidden, torch::tensor({2, 0}));
  CHECK((some[0] - all[0].select(1, 2)).abs().max().item<float>() < 1e-5);
  CHECK((some[1] - all[1].select(1, 0)).abs().max().item<float>() < 1e-5);
}

TEST_CASE("code table: begun from the codec, a sum is the latent up to one factor") {
  torch::manual_seed(3);
  torch::NoGradGuard no_grad;
  CodeTable table(small(), 6);
  const Tensor meanings = torch::randn({3, 5, 2}) * torch::tensor({4.0, 2.0, 0.5}).view({3, 1, 1});
  table->start_from(meanings);
  const Tensor codes = torch::tensor({{{1, 2, 4}, {0, 0, 3}}});
  Tensor latents = torch::zeros({1, 2, 2});
  for (int64_t q = 0; q < 3; ++q) latents += torch::embedding(meanings[q], codes.select(2, q));
  const Tensor ratio = table->sum(codes).slice(2, 0, 2) / latents;
  CHECK(ratio.max().item<float>() == doctest::Approx(ratio.min().item<float>()).epsilon(1e-4));
  // More columns than the embedding has are left out.
  table->start_from(torch::randn({3, 5, 9}));
}

TEST_CASE("guidance by hand") {
  const Tensor told = torch::log(torch::tensor({0.5, 0.5}));
  const Tensor untold = torch::log(torch::tensor({0.8, 0.2}));
  CHECK((guided(told, untold, 1) - told).abs().max().item<float>() < 1e-6);
  CHECK((guided(told, untold, 0) - untold).abs().max().item<float>() < 1e-6);
  // 0.8 (0.5 / 0.8)^2 : 0.2 (0.5 / 0.2)^2 = 0.3125 : 1.25
  CHECK(guided(told, untold, 2).exp()[0].item<float>() == doctest::Approx(0.2));
}

TEST_CASE("level weights fall and add up to one") {
  const Tensor weights = level_weights(3, torch::ones({1}));
  CHECK(weights.sum().item<float>() == doctest::Approx(1));
  CHECK(weights[1].item<float>() == doctest::Approx(0.8 * weights[0].item<float>()));
}
