#include "nn/attention.h"

#include "nn/diffusion_block.h"
#include "tests/test.h"

using namespace tts;

TEST_CASE("rotary positions: products depend on distances alone") {
  torch::manual_seed(1);
  const Tensor query = torch::randn({1, 2, 1, 8}), key = torch::randn({1, 2, 1, 8});
  const auto product = [&](int64_t at, int64_t other) {
    const auto turned = [](const Tensor& x, int64_t position) {
      return Rotations(position, 1, 8, x.options()).apply(x, 0);
    };
    return (turned(query, at) * turned(key, other)).sum().item<float>();
  };
  CHECK(product(3, 1) == doctest::Approx(product(103, 101)).epsilon(1e-3));
  CHECK(product(3, 1) != doctest::Approx(product(4, 1)).epsilon(1e-3));
  const Rotations table(0, 4, 8, query.options());
  CHECK((table.apply(query, 0) - query).abs().max().item<float>() == 0);
  CHECK(table.apply(query, 3).equal(Rotations(3, 1, 8, query.options()).apply(query, 0)));
}

TEST_CASE("transformer: piecewise equals the whole, and no frame sees a later one") {
  torch::NoGradGuard no_grad;
  torch::manual_seed(2);
  TransformerOptions o{16, 4, 32, 0.1};
  TransformerBlock block(o);
  block->eval();
  const Tensor x = torch::randn({2, 150, 16});
  const Tensor whole = block->forward(x);
  KeyValueCache cache;
  std::vector<Tensor> parts;
  for (int64_t begin = 0, size = 1; begin < 150; begin += size, size = size % 7 + 1)
    parts.push_back(block->step(x.slice(1, begin, std::min<int64_t>(150, begin + size)), cache));
  CHECK(cache.frames() == 150);
  CHECK((torch::cat(parts, 1) - whole).abs().max().item<float>() < 1e-5);
  Tensor changed = x.clone();
  changed.slice(1, 100).add_(1);
  CHECK((block->forward(changed).slice(1, 0, 100) - whole.slice(1, 0, 100))
            .abs()
            .max()
            .item<float>() < 1e-6);
}

TEST_CASE("diffusion block: begins as the identity, sees the whole row and no padding") {
  torch::NoGradGuard no_grad;
  torch::manual_seed(3);
  DiffusionBlock block(TransformerOptions{16, 4, 32, 0.1}, 8);
  block->eval();
  const Tensor x = torch::randn({2, 12, 16}), condition = torch::randn({2, 1, 8});
  Tensor mask = torch::ones({2, 12, 1});
  CHECK(block->forward(x, mask, condition).equal(x));
  for (auto& parameter : block->parameters()) parameter.normal_(0, 0.3);
  mask[1].slice(0, 9).zero_();
  const Tensor whole = block->forward(x, mask, condition);
  Tensor changed = x.clone();
  changed[0][11].add_(1);
  changed[1].slice(0, 9).add_(1);
  const Tensor other = block->forward(changed, mask, condition);
  CHECK(!other[0][0].equal(whole[0][0]));
  CHECK(other[1].slice(0, 0, 9).equal(whole[1].slice(0, 0, 9)));
  CHECK(!block->forward(x, mask, condition * 2).equal(whole));
  const Tensor alone = block->forward(
      x.slice(0, 1).slice(1, 0, 9), mask.slice(0, 1).slice(1, 0, 9), condition.slice(0, 1));
  CHECK((alone[0] - whole[1].slice(0, 0, 9)).abs().max().item<float>() < 1e-5);
}

TEST_CASE("transformer: seeing all, padding changes nothing and both sides count") {
  torch::NoGradGuard no_grad;
  torch::manual_seed(3);
  TransformerBlock block(TransformerOptions{16, 4, 32, 0.1});
  block->eval();
  const Tensor x = torch::randn({1, 12, 16});
  const Tensor positions = torch::arange(12, torch::kFloat).view({1, 1, 12}) * 0.7;
  const auto seen = [&](const Tensor& frames, int64_t valid) {
    const int64_t count = frames.size(1);
    const Tensor barred = (torch::arange(count) >= valid).view({1, 1, 1, count});
    return block->see_all(frames, Rotations(positions.slice(2, 0, count), 4), barred);
  };
  const Tensor alone = seen(x.slice(1, 0, 8), 8), padded = seen(x, 8).slice(1, 0, 8);
  CHECK((alone - padded).abs().max().item<float>() < 1e-5);
  Tensor changed = x.clone();
  changed[0][7].mul_(-1);
  CHECK((seen(changed, 8)[0][0] - padded[0][0]).abs().max().item<float>() > 1e-5);
}
