#include "acoustic/autoregressive/token_order.h"

#include "tests/test.h"

using namespace tts;

namespace {

constexpr int64_t kAbsent = 99;

}  // namespace

TEST_CASE("token orders: restoring undoes interleaving, and the trunk's steps hold its levels") {
  for (const auto& name : token_order_names()) {
    const TokenOrder& order = token_order(name);
    for (int64_t frames : {1, 2, 5}) {
      for (int64_t levels : {1, 2, 4, 8}) {
        CAPTURE(name);
        CAPTURE(frames);
        CAPTURE(levels);
        const Tensor codes = torch::randint(90, {2, frames, levels}, torch::kLong);
        const Tensor steps = order.interleave(codes, kAbsent);
        CHECK(order.restore(steps).equal(codes));
        CHECK((steps != kAbsent).sum().item<int64_t>() == codes.numel());
        const Tensor trunk = steps.slice(1, 0, order.trunk_steps(frames, levels))
                                 .slice(2, 0, order.trunk_levels(levels));
        CHECK((trunk != kAbsent).sum().item<int64_t>() == 2 * frames * order.trunk_levels(levels));
        if (order.trunk_levels(levels) == levels)
          CHECK(order.whole_frames(order.trunk_steps(frames, levels), levels) == frames);
      }
    }
  }
}

TEST_CASE("token orders by hand") {
  const Tensor codes = torch::tensor({{{1, 2}, {3, 4}}});
  CHECK(token_order("delay").interleave(codes, 0).equal(torch::tensor({{{1, 0}, {3, 2}, {0, 4}}})));
  CHECK(token_order("delay").whole_frames(1, 2) == 0);
  CHECK(token_order("delay").whole_frames(2, 2) == 1);
  CHECK(token_order("coarse_first")
            .interleave(codes, 0)
            .equal(torch::tensor({{{1, 0}, {3, 0}, {0, 2}, {0, 4}}})));
}
