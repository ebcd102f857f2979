#include "nn/scalar_bottleneck.h"

#include "tests/learning.h"
#include "tests/test.h"

using namespace tts;

TEST_CASE("scalar bottleneck: rounds to 2 S + 1 values and lets gradients through") {
  ScalarBottleneck bottleneck(ScalarBottleneckOptions{3, 2, 2, 16});
  const Tensor x = torch::tensor({-1.4f, -0.7f, -0.2f, 0.3f, 0.9f}).requires_grad_();
  const Tensor rounded = bottleneck->round(x);
  CHECK((rounded - torch::tensor({-1.0f, -0.5f, 0.0f, 0.5f, 1.0f})).abs().max().item<float>() <
        1e-6);
  rounded.sum().backward();
  CHECK(x.grad().equal(torch::ones({5})));
}

TEST_CASE(
    "scalar bottleneck: learns to carry frames that have as many directions as it has scalars") {
  torch::manual_seed(1);
  ScalarBottleneck bottleneck(ScalarBottleneckOptions{6, 3, 4, 64});
  const Tensor directions = torch::randn({3, 6});
  const auto share_lost = [&] {
    const Tensor frames = torch::matmul(torch::randn({256, 3}), directions);
    const Tensor back = bottleneck->decode(bottleneck->round(bottleneck->encode(frames)));
    return (back - frames).square().mean() / frames.square().mean();
  };
  CHECK(learn(
      bottleneck->parameters(), share_lost, [&] { return share_lost().item<double>() < 0.05; }));
}
