#include "nn/blocks.h"

#include "tests/test.h"

using namespace tts;

TEST_CASE("ConvNeXt block: fed piecewise = fed whole, for every look-ahead") {
  torch::manual_seed(1);
  torch::NoGradGuard no_grad;
  for (const int64_t ahead : {0, 1, 2, 3}) {
    ConvNeXtBlock block(ConvNeXtOptions{8, 16, 7, ahead});
    const Tensor x = torch::randn({2, 23, 8});
    const Tensor whole = block->forward(x);
    StreamState state;
    std::vector<Tensor> pieces;
    for (int64_t begin = 0, step = 1; begin < 23; begin += step, ++step) {
      const int64_t end = std::min<int64_t>(23, begin + step);
      state.begin_chunk(end == 23);
      pieces.push_back(block->stream(x.slice(1, begin, end), state));
    }
    const Tensor joined = torch::cat(pieces, 1);
    REQUIRE(joined.sizes() == whole.sizes());
    CHECK((joined - whole).abs().max().item<float>() < 1e-5);
  }
}

TEST_CASE("ConvNeXt block: padding never changes a result") {
  torch::manual_seed(2);
  torch::NoGradGuard no_grad;
  ConvNeXtOptions options{8, 16};
  options.condition = 4;
  ConvNeXtBlock block(options);
  const Tensor x = torch::randn({1, 9, 8}), condition = torch::randn({1, 1, 4});
  const Tensor padded = torch::cat({x, torch::randn({1, 5, 8})}, 1);
  const Tensor mask = length_mask(torch::tensor({9}), 14).unsqueeze(2).to(torch::kFloat);
  const Tensor alone = block->forward(x, torch::ones({1, 9, 1}), condition);
  const Tensor among = block->forward(padded, mask, condition).slice(1, 0, 9);
  CHECK((alone - among).abs().max().item<float>() < 1e-6);
}

TEST_CASE("length_mask and sinusoidal embedding by hand") {
  const Tensor mask = length_mask(torch::tensor({2, 0}), 3);
  CHECK(mask[0][1].item<bool>());
  CHECK_FALSE(mask[0][2].item<bool>());
  CHECK_FALSE(mask[1][0].item<bool>());
  const Tensor e = sinusoidal_embedding(torch::tensor({0.0f}), 4, 10000);
  CHECK(e[0][0].item<float>() == doctest::Approx(0));
  CHECK(e[0][2].item<float>() == doctest::Approx(1));
}
