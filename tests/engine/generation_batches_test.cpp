#include "engine/generation_batches.h"

#include <future>
#include <thread>

#include "core/error.h"
#include "core/stop.h"
#include "tests/test.h"

using namespace tts;

namespace {

// Each frame is (the row's seed, the frame's number, the sum of what the condition says of it): a
// mistake in padding or in handing out shows. Frames leave two by two. The first call waits until
// it may go on, so that a test decides who comes together.
class CountingGenerator : public Generator {
 public:
  Generation generate(const Condition& c, const Sampling& s, const FrameSink& sink) override {
    if (calls++ == 0) gate.get_future().wait();
    const int64_t rows = c.durations.size(0), frames = c.log_f0.size(1);
    {
      const std::lock_guard<std::mutex> lock(mutex);
      batches.push_back(rows);
    }
    if (fails) fail(ErrorCode::kInternal, "no such frames");
    for (int64_t first = 0; first < frames; first += 2) {
      StopScope::check();
      const int64_t count = std::min<int64_t>(2, frames - first);
      Tensor made = torch::zeros({rows, count, 3});
      for (int64_t b = 0; b < rows; ++b) {
        const uint64_t seed = s.seeds.empty() ? s.seed : s.seeds.at(static_cast<size_t>(b));
        made[b].select(1, 0).fill_(static_cast<double>(seed));
        made[b].select(1, 1).copy_(torch::arange(first, first + count));
        made[b].select(1, 2).copy_(c.log_f0[b].slice(0, first, first + count));
      }
      if (!sink(made, first)) {
        stopped = true;
        break;
      }
      if (rows > 1 && in_the_middle) in_the_middle();
    }
    return {};
  }
  Losses loss(const Batch&) override { return {}; }
  std::vector<std::string> options() const override { return {}; }
  nlohmann::json to_json() const override { return {}; }

  std::promise<void> gate;
  std::atomic<int> calls{0};
  std::atomic<bool> fails{false}, stopped{false};
  std::function<void()> in_the_middle;  // behind two frames of several rows, and again
  std::mutex mutex;
  std::vector<int64_t> batches;
};

Condition condition(int64_t frames) {
  Condition c;
  c.symbols = torch::ones({1, 2}, torch::kLong);
  c.durations = torch::tensor({{frames - 1, int64_t{1}}});
  c.log_f0 = torch::arange(frames).unsqueeze(0).to(torch::kFloat) + 0.5;
  return c;
}

struct RowHeard {
  Tensor frames;
  ErrorCode error = ErrorCode::kOutput;
  bool failed = false;
};

class Callers {
 public:
  Callers(int rows, CountingGenerator& generator) : batches(rows, 1), generator_(generator) {}
  ~Callers() { join(); }

  // `most`: frames after which the sink has enough.
  void add(int64_t frames, uint64_t seed, double temperature = 0.7, int64_t most = 1000) {
    const size_t place = heard.size();
    heard.emplace_back();
    cancelled.emplace_back(false);
    threads_.emplace_back([=] {
      Sampling sampling;
      sampling.seed = seed;
      sampling.utterances = {static_cast<uint32_t>(place)};
      sampling.temperature = temperature;
      std::vector<Tensor> parts;
      int64_t count = 0;
      const Condition c = condition(frames);
      const StopScope stop(cancelled[place]);  // as the engine's threads have
      try {
        batches.generate(
            generator_,
            c,
            sampling,
            [&](const Tensor& made, int64_t first) {
              REQUIRE(first == count);
              parts.push_back(made);
              count += made.size(1);
              return count < most;
            },
            cancelled[place]);
      } catch (const Error& e) {
        heard[place].failed = true;
        heard[place].error = e.code();
      }
      if (!parts.empty()) heard[place].frames = torch::cat(parts, 1);
    });
  }

  // Until so many wait behind the first, which is begun.
  void gather(size_t count) {
    while (generator_.calls == 0 || batches.waiting() < count) std::this_thread::yield();
  }

  void join() {
    for (auto& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

  // Both stay in place while they grow.
  std::deque<std::atomic<bool>> cancelled;
  std::deque<RowHeard> heard;
  GenerationBatches batches;

 private:
  CountingGenerator& generator_;
  std::vector<std::thread> threads_;
};

Tensor expected(int64_t frames, uint64_t seed) {
  const Tensor number = torch::arange(frames).to(torch::kFloat);
  return torch::stack({torch::full({frames}, static_cast<double>(seed)), number, number + 0.5}, 1)
      .unsqueeze(0);
}

// A sentence in the making, and two that wait to be made together.
void gather_two_behind_one(Callers& callers) {
  callers.add(10, 1);
  callers.gather(0);
  callers.add(20, 2);
  callers.gather(1);
  callers.add(20, 3);
  callers.gather(2);
}

}  // namespace

TEST_CASE("batches: a sentence alone is begun at once; those that wait go together, by length") {
  CountingGenerator generator;
  Callers callers(3, generator);
  callers.add(10, 1);
  callers.gather(0);
  const std::vector<int64_t> lengths = {20, 50, 19, 18, 52, 17};
  for (size_t i = 0; i < lengths.size(); ++i) {
    callers.add(lengths[i], 100 + i);
    callers.gather(i + 1);
  }
  generator.gate.set_value();
  callers.join();
  CHECK(callers.heard[0].frames.equal(expected(10, 1)));
  for (size_t i = 0; i < lengths.size(); ++i)
    CHECK(callers.heard[i + 1].frames.equal(expected(lengths[i], 100 + i)));
  // 20 with 19 and 18, not with 17; then 50 with 52; then 17.
  CHECK(generator.batches == std::vector<int64_t>{1, 3, 2, 1});
  const auto counts = callers.batches.counts();
  CHECK(counts.batches == 4);
  CHECK(counts.rows == 7);
  CHECK(counts.frames == 10 + 60 + 104 + 17);
  CHECK(counts.padding == 3 + 2);
}

TEST_CASE("batches: with turns no more work than may, and batches are full") {
  CountingGenerator generator;
  GenerationBatches batches(3, 1);
  std::atomic<int> working{0}, most{0}, heard{0};
  const auto busy = [&] {
    most = std::max<int>(most, ++working);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    --working;
  };
  generator.in_the_middle = busy;
  std::atomic<bool> cancelled{false};
  std::vector<std::thread> callers;
  const auto add = [&](uint64_t seed) {
    callers.emplace_back([&, seed] {
      const GenerationBatches::Work work(&batches);
      busy();
      Sampling sampling;
      sampling.seed = seed;
      sampling.utterances = {0};
      std::vector<Tensor> parts;
      batches.generate(
          generator,
          condition(10),
          sampling,
          [&](const Tensor& made, int64_t) {
            busy();
            parts.push_back(made);
            return true;
          },
          cancelled);
      busy();
      heard += torch::cat(parts, 1).equal(expected(10, seed)) ? 1 : 0;
    });
  };
  add(0);
  while (generator.calls == 0) std::this_thread::yield();
  for (uint64_t seed = 1; seed <= 6; ++seed) add(seed);
  while (batches.waiting() < 6) std::this_thread::yield();
  generator.gate.set_value();
  for (auto& caller : callers) caller.join();
  CHECK(heard == 7);
  CHECK(generator.batches == std::vector<int64_t>{1, 3, 3});
  CHECK(most == 1);
}

TEST_CASE("batches: other settings are another batch") {
  CountingGenerator generator;
  Callers callers(8, generator);
  callers.add(10, 1);
  callers.gather(0);
  callers.add(10, 2, 0.5);
  callers.gather(1);
  callers.add(10, 3, 0.6);
  callers.gather(2);
  callers.add(10, 4, 0.5);
  callers.gather(3);
  generator.gate.set_value();
  callers.join();
  CHECK(generator.batches == std::vector<int64_t>{1, 2, 1});
  for (size_t i = 0; i < 4; ++i) CHECK(callers.heard[i].frames.equal(expected(10, i + 1)));
}

TEST_CASE("batches: one that has enough leaves the others theirs; when all have, it ends") {
  CountingGenerator generator;
  Callers callers(8, generator);
  callers.add(10, 1);
  callers.gather(0);
  callers.add(20, 2, 0.7, 4);
  callers.gather(1);
  callers.add(20, 3);
  callers.gather(2);
  SUBCASE("one") {
    generator.gate.set_value();
    callers.join();
    CHECK(callers.heard[1].frames.size(1) == 4);
    CHECK(callers.heard[2].frames.equal(expected(20, 3)));
    CHECK(!generator.stopped);
  }
  SUBCASE("cancelled while waiting") {
    callers.cancelled[1] = callers.cancelled[2] = true;
    while (callers.batches.waiting() > 0) std::this_thread::yield();
    generator.gate.set_value();
    callers.join();
    CHECK(callers.heard[1].failed);
    CHECK(callers.heard[2].error == ErrorCode::kCancelled);
    CHECK(generator.batches == std::vector<int64_t>{1});
  }
}

TEST_CASE("batches: who cancels in the middle takes nothing from the others") {
  for (const size_t who : {1, 2}) {  // one of them leads
    CountingGenerator generator;
    Callers callers(8, generator);
    gather_two_behind_one(callers);
    generator.in_the_middle = [&] { callers.cancelled[who] = true; };
    generator.gate.set_value();
    callers.join();
    const size_t other = 3 - who;
    CHECK(!callers.heard[other].failed);
    CHECK(callers.heard[other].frames.equal(expected(20, other + 1)));
    CHECK(generator.batches == std::vector<int64_t>{1, 2});
  }
}

TEST_CASE("batches: when all have cancelled, the network stops between two of its blocks") {
  CountingGenerator generator;
  Callers callers(8, generator);
  gather_two_behind_one(callers);
  generator.in_the_middle = [&] {
    callers.cancelled[1] = callers.cancelled[2] = true;
    for (;;) {  // a long computation, at whose blocks others look
      StopScope::check();
      std::this_thread::yield();
    }
  };
  generator.gate.set_value();
  callers.join();
  for (const size_t i : {1, 2}) {
    CHECK(callers.heard[i].failed);
    CHECK(callers.heard[i].error == ErrorCode::kCancelled);
    CHECK(callers.heard[i].frames.size(1) == 2);
  }
}

TEST_CASE("batches: all of one that fails hear of it, and the next goes on") {
  CountingGenerator generator;
  Callers callers(2, generator);
  callers.add(10, 1);
  callers.gather(0);
  callers.add(10, 2);
  callers.gather(1);
  generator.fails = true;
  generator.gate.set_value();
  callers.join();
  for (size_t i = 0; i < 2; ++i) {
    CHECK(callers.heard[i].failed);
    CHECK(callers.heard[i].error == ErrorCode::kInternal);
  }
  generator.fails = false;
  callers.add(10, 3);
  callers.join();
  CHECK(callers.heard[2].frames.equal(expected(10, 3)));
}
