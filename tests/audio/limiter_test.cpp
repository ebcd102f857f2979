#include "audio/limiter.h"

#include <algorithm>

#include "core/error.h"
#include "tests/audio/helpers.h"
#include "tests/test.h"

using namespace tts;
using namespace tts::test;

namespace {

std::vector<float> whole(const std::vector<float>& samples, const LimiterOptions& options = {}) {
  Limiter limiter(24000, options);
  std::vector<float> out = limiter.process(samples.data(), samples.size());
  const auto rest = limiter.finish();
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

// Quiet, then loud bursts of noise, then quiet.
std::vector<float> bursts() {
  auto samples = noise(24000, 0.1f);
  for (int i = 6000; i < 9000; ++i) samples[i] *= 20;
  samples[12000] = 5;
  samples[23999] = -3;
  return samples;
}

}  // namespace

TEST_CASE("nothing exceeds the ceiling, and the length stays") {
  for (const double ceiling : {0.1, 0.5, 0.97, 1.0}) {
    LimiterOptions options;
    options.ceiling = ceiling;
    const auto out = whole(bursts(), options);
    REQUIRE(out.size() == 24000);
    for (const float x : out) CHECK(std::abs(x) <= static_cast<float>(ceiling));
  }
}

TEST_CASE("what is below the ceiling passes bit for bit, without delay") {
  const auto samples = sine(300, 24000, 5000, 0.9f);
  CHECK(whole(samples) == samples);
  const auto loud = whole(bursts());
  const auto before = bursts();
  // 5 ms before the first burst, and long after it.
  CHECK(std::equal(before.begin(), before.begin() + 5800, loud.begin()));
  CHECK(std::equal(before.begin() + 22000, before.begin() + 23800, loud.begin() + 22000));
}

TEST_CASE("fed piecewise = fed whole") {
  const auto samples = bursts();
  const auto expected = whole(samples);
  for (const size_t piece : {1u, 7u, 119u, 120u, 121u, 4800u}) {
    Limiter limiter(24000);
    std::vector<float> out;
    for (size_t at = 0; at < samples.size(); at += piece) {
      const auto part = limiter.process(samples.data() + at, std::min(piece, samples.size() - at));
      out.insert(out.end(), part.begin(), part.end());
    }
    const auto rest = limiter.finish();
    out.insert(out.end(), rest.begin(), rest.end());
    CHECK(out == expected);
  }
}

TEST_CASE("the gain moves slowly: a loud sine is scaled, not clipped") {
  const auto out = whole(sine(1000, 24000, 24000, 2.0f));
  for (int i = 12000; i < 23000; ++i) {
    const double expected = 0.97 * std::sin(2 * M_PI * 1000 * i / 24000);
    CHECK(out[i] == doctest::Approx(expected).scale(1).epsilon(0.02));
  }
}

TEST_CASE("short and empty inputs keep their length; not-a-number becomes silence") {
  CHECK(whole({}).empty());
  CHECK(whole({0.5f}) == std::vector<float>{0.5f});
  CHECK(whole(std::vector<float>(50, 3.0f)).size() == 50);
  for (const float x : whole({NAN, 0.5f, INFINITY})) CHECK(std::isfinite(x));
}

TEST_CASE("a finished limiter starts anew") {
  const auto samples = bursts();
  Limiter limiter(24000);
  std::vector<float> runs[2];
  for (auto& run : runs) {
    run = limiter.process(samples.data(), samples.size());
    const auto rest = limiter.finish();
    run.insert(run.end(), rest.begin(), rest.end());
  }
  CHECK(runs[0] == runs[1]);
}

TEST_CASE("options out of range are refused") {
  CHECK_THROWS_AS(Limiter(24000, {0, 0.005, 0.06}), Error);
  CHECK_THROWS_AS(Limiter(24000, {1.5, 0.005, 0.06}), Error);
  CHECK_THROWS_AS(Limiter(24000, {0.97, 0, 0.06}), Error);
  CHECK_THROWS_AS(Limiter(24000, {0.97, 0.005, 0}), Error);
}
