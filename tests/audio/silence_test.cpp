#include "audio/silence.h"

#include "core/error.h"
#include "tests/audio/helpers.h"
#include "tests/test.h"

using namespace tts;
using namespace tts::test;

namespace {

// A quiet recording: RMS of the speech about 0.03, background 40 dB below; speech in [7200, 31200).
Waveform quiet_recording(float background = 0.0003f) {
  Waveform wave{noise(48000, background), 24000};
  const auto speech = sine(180, 24000, 24000, 0.045f);
  for (size_t i = 0; i < speech.size(); ++i) wave.samples[7200 + i] += speech[i];
  return wave;
}

}  // namespace

TEST_CASE("speech is found to 10 ms, in quiet and in noisy recordings") {
  for (const float background : {0.0f, 0.0003f, 0.003f}) {
    const SpeechRange range = find_speech(quiet_recording(background).samples, 24000);
    CHECK(std::abs(double(range.begin) - 7200) <= 240);
    CHECK(std::abs(double(range.end) - 31200) <= 240);
  }
}

TEST_CASE("a click is no speech") {
  Waveform wave = quiet_recording();
  for (int i = 0; i < 100; ++i) wave.samples[1000 + i] += 0.3f;
  CHECK(find_speech(wave.samples, 24000).begin > 6000);
}

TEST_CASE("an offset of the converter is no speech either") {
  Waveform wave = quiet_recording();
  for (float& x : wave.samples) x += 0.05f;
  const SpeechRange range = find_speech(wave.samples, 24000);
  CHECK(std::abs(double(range.begin) - 7200) <= 240);
}

TEST_CASE("speech throughout is kept whole; silence and nothing have none") {
  const auto speech = sine(180, 24000, 24000, 0.04f);
  const SpeechRange all = find_speech(speech, 24000);
  CHECK(all.begin == 0);
  CHECK(all.end == 24000);
  const Waveform silent{std::vector<float>(24000, 0.0f), 24000};
  const SpeechRange none = find_speech(silent.samples, 24000);
  CHECK(none.begin == none.end);
  CHECK_THROWS_AS(find_speech(speech, 0), Error);
}
