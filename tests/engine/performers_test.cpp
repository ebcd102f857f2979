#include "engine/performers.h"

#include <atomic>
#include <chrono>
#include <numeric>
#include <stdexcept>

#include "core/error.h"
#include "tests/test.h"

using namespace tts;

namespace {

void sleep_ms(int ms) {
  std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

// A job of five pieces of sound that all say `number`.
Performers::Job count_to_five(int number, int sleep = 0) {
  return [=](const Performers::Sink& sink) {
    for (int i = 0; i < 5; ++i) {
      sleep_ms(sleep);
      sink({static_cast<float>(number)});
    }
  };
}

}  // namespace

TEST_CASE("performers: heard in the order of adding, with any number of threads") {
  for (const int threads : {1, 2, 3, 8}) {
    std::vector<float> heard;
    Performers performers(threads, [&](const std::vector<float>& samples) {
      heard.insert(heard.end(), samples.begin(), samples.end());
    });
    for (int part = 0; part < 20; ++part) {
      performers.add([&heard, part] { heard.push_back(static_cast<float>(-part)); },
                     count_to_five(part, part % 3));  // some slower than others
      performers.add([&heard] { heard.push_back(1000); }, nullptr);
    }
    performers.drain();
    std::vector<float> expected;
    for (int part = 0; part < 20; ++part) {
      expected.push_back(static_cast<float>(-part));
      expected.insert(expected.end(), 5, static_cast<float>(part));
      expected.push_back(1000);
    }
    CHECK(heard == expected);
  }
}

TEST_CASE("performers: two threads make two sounds at the same time") {
  std::atomic<int> running{0};
  std::atomic<bool> met{false};
  const Performers::Job meet = [&](const Performers::Sink&) {
    ++running;
    for (int i = 0; i < 5000 && !met; ++i) {
      if (running == 2) met = true;
      sleep_ms(1);
    }
  };
  Performers performers(2, [](const std::vector<float>&) {});
  performers.add(nullptr, meet);
  performers.add(nullptr, meet);
  performers.drain();
  CHECK(met);
}

TEST_CASE("performers: what a job throws comes after the sound before it") {
  for (const int threads : {1, 4}) {
    size_t heard = 0;
    Performers performers(threads, [&](const std::vector<float>&) { ++heard; });
    const auto speak = [&] {
      performers.add(nullptr, count_to_five(1, 2));
      performers.add(nullptr, [](const Performers::Sink& sink) {
        sink({0});
        throw std::runtime_error("broken");
      });
      performers.add(nullptr, count_to_five(2));
      performers.drain();
    };
    CHECK_THROWS_WITH(speak(), "broken");
    CHECK(heard == 6);
  }
}

TEST_CASE("performers: giving up ends the jobs that run and never starts the others") {
  std::atomic<int> started{0}, ended{0};
  {
    Performers performers(2, [](const std::vector<float>&) {});
    for (int i = 0; i < 3; ++i) {
      performers.add(nullptr, [&](const Performers::Sink& sink) {
        ++started;
        try {
          for (;;) {
            sink({0});
            sleep_ms(1);
          }
        } catch (const Error& e) {
          if (e.code() == ErrorCode::kCancelled) ++ended;
          throw;
        }
      });
    }
    while (started < 2) sleep_ms(1);
  }
  CHECK(started == 2);
  CHECK(ended == 2);
}
