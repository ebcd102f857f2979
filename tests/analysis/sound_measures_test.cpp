#include "analysis/sound_measures.h"

#include <cmath>
#include <limits>

#include "core/random.h"
#include "tests/test.h"

using namespace tts;

namespace {

constexpr int64_t kRate = 24000;

// A gliding voice with a tremor, unlike itself a moment ago.
std::vector<float> speech(double seconds) {
  std::vector<float> out(static_cast<size_t>(seconds * kRate));
  double phase = 0;
  for (size_t i = 0; i < out.size(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    phase += 2 * M_PI * (150 + 60 * t + 30 * std::sin(9 * t)) / kRate;
    double x = 0;
    for (int k = 1; k < 20; ++k)
      x += std::sin(k * phase) * std::exp(-std::pow((k - 4 - 3 * std::sin(11 * t)) / 3, 2));
    out[i] = static_cast<float>(0.1 * x);
  }
  return out;
}

void fill(std::vector<float>& samples, double begin_s, double end_s, double value) {
  std::fill(samples.begin() + static_cast<int64_t>(begin_s * kRate),
            samples.begin() + static_cast<int64_t>(end_s * kRate),
            static_cast<float>(value));
}

double seconds(const SoundSpan& stretch) {
  return static_cast<double>(stretch.samples()) / kRate;
}

}  // namespace

TEST_CASE("sound measures: what is whole has little of anything") {
  const SoundMeasures m = measure_sound(speech(2), {{0, 24000}, {24000, 48000}}, {});
  CHECK(m.finite);
  CHECK(m.clipped_share < 0.002);
  CHECK(seconds(m.dead_air) < 0.05);
  CHECK(seconds(m.frozen) < 0.1);
  CHECK(seconds(m.repeated) < 0.15);
  REQUIRE(m.word_db.size() == 2);
  CHECK(m.word_db[0] > -10);
}

TEST_CASE("sound measures: silence counts where no pause was planned") {
  std::vector<float> samples = speech(2);
  fill(samples, 0.5, 1.2, 0);
  CHECK(seconds(measure_sound(samples, {}, {}).dead_air) == doctest::Approx(0.7).epsilon(0.05));
  const SoundSpan pause{kRate / 2, kRate};
  const SoundMeasures m = measure_sound(samples, {{kRate / 2, kRate}, {kRate, 2 * kRate}}, {pause});
  CHECK(seconds(m.dead_air) == doctest::Approx(0.2).epsilon(0.1));
  CHECK(m.word_db[0] < -60);
  CHECK(m.word_db[1] > -10);
}

TEST_CASE("sound measures: sound that stands still, and sound that comes again") {
  std::vector<float> still = speech(2), again = speech(2);
  for (size_t i = kRate; i < kRate + kRate / 2; ++i) still[i] = still[i - 160];  // a held period
  CHECK(seconds(measure_sound(still, {}, {}).frozen) > 0.3);
  for (size_t i = kRate; i < 2 * kRate; ++i) again[i] = again[i - 4800];
  const SoundMeasures m = measure_sound(again, {}, {});
  CHECK(seconds(m.repeated) > 0.6);
  CHECK(m.repeated.begin >= kRate - 480);
}

TEST_CASE("sound measures: clipped samples, and samples that are no numbers") {
  std::vector<float> samples = speech(1);
  for (float& x : samples) x = std::max(-0.1F, std::min(0.1F, 4 * x));
  CHECK(measure_sound(samples, {}, {}).clipped_share > 0.1);
  CHECK(measure_sound(std::vector<float>(100, 0.1F), {{0, 100}}, {}).finite);
  samples[77] = std::numeric_limits<float>::quiet_NaN();
  CHECK(!measure_sound(samples, {}, {}).finite);
}
