#include "audio/loudness.h"

#include "core/error.h"
#include "tests/audio/helpers.h"
#include "tests/test.h"

using namespace tts;
using namespace tts::test;

TEST_CASE("the standard's own number: a full-scale 997 Hz sine in one channel is -3.01 LUFS") {
  const auto samples = sine(997, 48000, 5 * 48000, 1.0f);
  CHECK(loudness_lufs(samples.data(), samples.size(), 48000) ==
        doctest::Approx(-3.01).epsilon(0.01));
}

TEST_CASE("half the amplitude is 6.02 LU less") {
  const auto loud = noise(48000, 0.1f);
  auto quiet = loud;
  for (float& x : quiet) x *= 0.5f;
  const double a = loudness_lufs(loud.data(), loud.size(), 24000);
  const double b = loudness_lufs(quiet.data(), quiet.size(), 24000);
  CHECK(a - b == doctest::Approx(6.02).epsilon(0.01));
}

TEST_CASE("a short sound has a loudness, silence has none") {
  const auto samples = sine(997, 24000, 2400, 0.5f);
  CHECK(loudness_lufs(samples.data(), samples.size(), 24000) > -14);
  const std::vector<float> silence(24000, 0.0f);
  CHECK(std::isinf(loudness_lufs(silence.data(), silence.size(), 24000)));
  CHECK(std::isinf(loudness_lufs(silence.data(), 0, 24000)));
  CHECK_THROWS_AS(loudness_lufs(silence.data(), silence.size(), 0), Error);
}
