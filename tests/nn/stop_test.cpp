#include "core/stop.h"

#include <functional>
#include <thread>

#include "nn/attention.h"
#include "nn/blocks.h"
#include "tests/test.h"

using namespace tts;

namespace {

bool stops(const std::function<void()>& compute) {
  try {
    compute();
    return false;
  } catch (const Error& error) {
    return error.code() == ErrorCode::kCancelled;
  }
}

}  // namespace

TEST_CASE("stop: blocks look for it, in this thread and scope alone") {
  ConvNeXtBlock a(ConvNeXtOptions{4, 8});
  TransformerBlock b(TransformerOptions{4, 1, 8});
  const Tensor x = torch::randn({1, 5, 4});
  const std::vector<std::function<void()>> computations = {[&] { a->forward(x); },
                                                           [&] {
                                                             StreamState state;
                                                             state.begin_chunk(true);
                                                             a->stream(x, state);
                                                           },
                                                           [&] { b->forward(x); },
                                                           [&] {
                                                             KeyValueCache cache(5);
                                                             b->step(x.slice(1, 0, 1), cache);
                                                           }};
  std::atomic<bool> stop{false};
  for (const auto& compute : computations) {
    stop = false;
    const StopScope scope(stop);
    CHECK(!stops(compute));
    stop = true;
    CHECK(stops(compute));
    bool other = true;
    std::thread([&] { other = stops(compute); }).join();
    CHECK(!other);
    {
      const std::atomic<bool> never{false};
      const StopScope inner(never);
      CHECK(!stops(compute));
    }
    CHECK(stops(compute));
  }
  CHECK(!stops(computations[0]));
}
