#include "train/audio_coding.h"

#include "tests/speech_like.h"
#include "tests/test.h"

using namespace tts;

namespace {

torch::Tensor speech() {
  SpeechLike sound;
  sound.seconds = 2;
  return torch::tensor(speech_like(sound));
}

// Of two sounds, over those shifts of the second.
int64_t best_shift(const torch::Tensor& a, const torch::Tensor& b, int64_t most) {
  int64_t best = 0;
  double highest = -1e9;
  for (int64_t shift = -most; shift <= most; ++shift) {
    const int64_t size = a.size(0) - 2 * most;
    const double product =
        (a.slice(0, most, most + size) * b.slice(0, most + shift, most + shift + size))
            .sum()
            .item<double>();
    if (product > highest) {
      highest = product;
      best = shift;
    }
  }
  return best;
}

double cosine(const torch::Tensor& a, const torch::Tensor& b) {
  return ((a * b).sum() / (a.norm() * b.norm())).item<double>();
}

}  // namespace

TEST_CASE("lossy coding keeps length and place, and loses something") {
  const torch::Tensor wave = speech();
  for (const AudioCoding coding : kAudioCodings) {
    CAPTURE(static_cast<int>(coding));
    for (const double fineness : {0.0, 1.0}) {
      const torch::Tensor out = coded(wave, coding, fineness);
      REQUIRE(out.sizes() == wave.sizes());
      CHECK(torch::isfinite(out).all().item<bool>());
      CHECK(std::abs(best_shift(wave, out, 60)) <= 3);
      CHECK(cosine(wave, out) > 0.7);
      CHECK(cosine(wave, out) < 0.99999);
    }
  }
}

TEST_CASE("lossy coding: finer keeps more, a telephone keeps no treble") {
  const torch::Tensor wave = speech();
  for (const AudioCoding coding : {AudioCoding::kVorbis, AudioCoding::kOpus, AudioCoding::kMp3})
    CHECK(cosine(wave, coded(wave, coding, 1)) > cosine(wave, coded(wave, coding, 0)));
  for (const AudioCoding coding : {AudioCoding::kMuLaw, AudioCoding::kGsm}) {
    const torch::Tensor power = torch::fft::rfft(coded(wave, coding, 0.5)).abs().square();
    const int64_t above = power.size(0) * 4200 / 12000;
    CHECK((power.slice(0, above).sum() / power.sum()).item<double>() < 1e-3);
  }
}

TEST_CASE("lossy coding: a sound of less than a sample stays itself") {
  CHECK(coded(torch::ones({2}), AudioCoding::kMuLaw, 0.5).size(0) == 2);
  CHECK(coded(torch::zeros({0}), AudioCoding::kOpus, 0.5).size(0) == 0);
}
