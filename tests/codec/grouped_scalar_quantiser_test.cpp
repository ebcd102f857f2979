#include "codec/grouped_scalar_quantiser.h"

#include "core/error.h"
#include "tests/test.h"

using namespace tts;

namespace {

GroupedScalarOptions shape(int64_t groups, std::vector<int64_t> levels) {
  GroupedScalarOptions o;
  o.latent = 6;
  o.groups = groups;
  o.levels = std::move(levels);
  return o;
}

double left_of(GroupedScalarQuantiser& quantiser, const Tensor& latents) {
  torch::NoGradGuard no_grad;
  return quantiser->forward(latents).left.item<double>();
}

}  // namespace

TEST_CASE("every code of a group is reached, and means what its numbers mean") {
  torch::manual_seed(1);
  torch::NoGradGuard no_grad;
  for (const auto& levels : {std::vector<int64_t>{4, 3}, {2}, {5}, {8, 5, 5, 5}}) {
    GroupedScalarQuantiser quantiser(shape(1, levels));
    CAPTURE(levels.size());
    const Tensor latents = torch::randn({1, 60000, 6}) * 30;
    const Tensor codes = quantiser->encode(latents);
    CHECK(codes.min().item<int64_t>() >= 0);
    CHECK(codes.max().item<int64_t>() < quantiser->options().codes());
    if (levels.size() < 3) {
      const auto used = (torch::bincount(codes.flatten(), {}, quantiser->options().codes()) > 0);
      CHECK(used.all().item<bool>());
    }
    // What training sees is what decoding gives.
    const Tensor some = latents.slice(1, 0, 500);
    const Tensor decoded = quantiser->decode(quantiser->encode(some));
    CHECK((decoded - quantiser->forward(some).quantised).abs().max().item<float>() < 1e-4);
  }
}

TEST_CASE("more groups and more levels leave less of the latents over") {
  torch::NoGradGuard no_grad;
  const auto left = [](int64_t groups, std::vector<int64_t> levels) {
    torch::manual_seed(2);
    const Tensor mix = torch::randn({6, 6});
    const Tensor frames = torch::matmul(torch::randn({4000, 6}), mix) + 3;
    GroupedScalarQuantiser quantiser(shape(groups, std::move(levels)));
    quantiser->initialise(frames);
    return left_of(quantiser, frames.unsqueeze(0));
  };
  CHECK(left(6, {5}) < 0.5 * left(2, {5}));
  CHECK(left(6, {9}) < left(6, {3}));
}

TEST_CASE("fitting by gradient improves on the start, through the rounding") {
  torch::manual_seed(3);
  const Tensor frames = torch::matmul(torch::randn({2000, 6}), torch::randn({6, 6}));
  GroupedScalarQuantiser quantiser(shape(2, {8, 5, 5, 5}));
  quantiser->initialise(frames);
  const double before = left_of(quantiser, frames.unsqueeze(0));
  torch::optim::Adam adam(quantiser->parameters(), torch::optim::AdamOptions(5e-3));
  for (int step = 0; step < 150; ++step) {
    adam.zero_grad();
    quantiser->forward(frames.unsqueeze(0)).left.backward();
    adam.step();
  }
  CHECK(left_of(quantiser, frames.unsqueeze(0)) < 0.8 * before);
}

TEST_CASE("its options are read back, and codes of another shape are refused") {
  const GroupedScalarOptions o = shape(3, {8, 5});
  const auto again = GroupedScalarOptions::from(Config(o.to_json(), "q"));
  CHECK(again.groups == 3);
  CHECK(again.levels == std::vector<int64_t>{8, 5});
  CHECK(again.codes() == 40);
  CHECK(again.numbers() == 6);
  GroupedScalarQuantiser quantiser(o);
  CHECK_THROWS_WITH(quantiser->decode(torch::zeros({1, 2, 4}, torch::kLong)),
                    doctest::Contains("this quantiser has 3"));
}
