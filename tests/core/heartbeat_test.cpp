#include "core/heartbeat.h"

#include <atomic>
#include <vector>

#include "tests/test.h"

using namespace tts;

TEST_CASE("A heartbeat beats while it lives, and not behind its end") {
  std::atomic<int> beats{0};
  std::vector<double> elapsed;
  {
    const Heartbeat heartbeat(std::chrono::duration<double>(0.002), [&](auto passed) {
      if (beats < 3) elapsed.push_back(passed.count());
      ++beats;
    });
    while (beats < 3) std::this_thread::yield();
  }
  const int count = beats;
  REQUIRE(elapsed.size() == 3);
  CHECK(elapsed[0] >= 0.002);
  CHECK(elapsed[1] > elapsed[0]);
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(beats == count);
}

TEST_CASE("A heartbeat that never came ends at once") {
  const auto start = std::chrono::steady_clock::now();
  {
    const Heartbeat heartbeat(std::chrono::hours(1), [](auto) { FAIL("a beat"); });
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
}
