#include "audio/resample.h"

#include "core/error.h"
#include "tests/audio/helpers.h"
#include "tests/test.h"

using namespace tts;
using namespace tts::test;

TEST_CASE("a sine stays a sine, without delay") {
  for (const auto& [from, to] : {std::pair{16000, 24000}, {48000, 24000}, {24000, 22050}}) {
    CAPTURE(from);
    CAPTURE(to);
    const auto out = resample(sine(1000, from, from), from, to);
    REQUIRE(out.size() == size_t(to));
    const auto expected = sine(1000, to, to);
    for (int i = 1000; i < to - 1000; i += 7) {
      CHECK(out[i] == doctest::Approx(expected[i]).epsilon(1e-3).scale(0.5));
    }
  }
}

TEST_CASE("what the lower rate cannot hold is gone") {
  const auto out = resample(sine(11000, 48000, 48000), 48000, 16000);
  for (size_t i = 500; i + 500 < out.size(); ++i) CHECK(std::abs(out[i]) < 1e-4f);
}

TEST_CASE("equal rates copy; no samples give none") {
  CHECK(resample({1, 2, 3}, 24000, 24000) == std::vector<float>{1, 2, 3});
  CHECK(resample({}, 48000, 24000).empty());
}

TEST_CASE("fed piecewise = fed whole") {
  const auto samples = noise(30000);
  for (const auto& [from, to] : {std::pair{48000, 24000}, {24000, 44100}, {22050, 24000}}) {
    const auto whole = resample(samples, from, to);
    for (const size_t piece : {1u, 7u, 480u, 12000u}) {
      Resampler resampler(from, to);
      std::vector<float> out;
      for (size_t at = 0; at < samples.size(); at += piece) {
        const auto part =
            resampler.process(samples.data() + at, std::min(piece, samples.size() - at));
        out.insert(out.end(), part.begin(), part.end());
      }
      const auto rest = resampler.finish();
      out.insert(out.end(), rest.begin(), rest.end());
      CHECK(out == whole);
    }
  }
}

TEST_CASE("a finished resampler starts anew") {
  const auto samples = noise(5000);
  Resampler resampler(48000, 24000);
  std::vector<float> first, second;
  for (auto* out : {&first, &second}) {
    *out = resampler.process(samples.data(), samples.size());
    const auto rest = resampler.finish();
    out->insert(out->end(), rest.begin(), rest.end());
  }
  CHECK(first == second);
}

TEST_CASE("impossible rates are refused") {
  CHECK_THROWS_AS(resample({1}, 0, 24000), Error);
  CHECK_THROWS_AS(resample({1}, 24000, -5), Error);
}
