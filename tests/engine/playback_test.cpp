// Sound against the clock of a player, on a simulated machine that makes it so many times faster
// than it is heard: what the sizes of the chunks alone decide.
#include <algorithm>

#include "tests/engine/helpers.h"
#include "tests/engine/shared_voices.h"
#include "tests/test.h"

using namespace tts;

namespace {

std::vector<int64_t> chunks_of(const std::shared_ptr<const Voice>& voice,
                               SpeakOptions options,
                               const std::string& text) {
  std::vector<int64_t> out;
  for (const Event& event : hear(Synthesizer(voice, options), text).of(EventKind::kAudio))
    out.push_back(static_cast<int64_t>(event.audio.size()));
  return out;
}

// The smallest lead over a player that starts with the first chunk, in samples, where a chunk takes
// its length / speed. Before the first chunk of all nothing is heard.
double smallest_lead(const std::vector<int64_t>& chunks, double speed) {
  double clock = 0, least = 1e12;
  int64_t made = 0;
  for (const int64_t chunk : chunks) {
    const double arrives = clock + static_cast<double>(chunk) / speed;
    const double start = static_cast<double>(chunks.front()) / speed;
    if (made > 0) least = std::min(least, static_cast<double>(made) - (arrives - start));
    made += chunk;
    clock = arrives;
  }
  return least;
}

std::string long_sentence(int words) {
  std::string text;
  for (int i = 0; i < words; ++i) text += i % 2 == 0 ? "[[aaa]] " : "[[iii]] ";
  return text + ".";
}

constexpr int64_t kFirst = 24000;  // a second

}  // namespace

TEST_CASE("playback: sound leaves inside a sentence, soon and without a gap") {
  const SharedVoices voices;
  const auto dummy = Voice::open("dummy"), tiny = voices.voice();
  for (const auto& voice : {dummy, tiny}) {
    for (const auto& generator : voice->generator_names()) {
      CAPTURE(generator);
      SpeakOptions options = seeded();
      options.generator = generator;
      const auto one = chunks_of(voice, options, long_sentence(50));
      CHECK(one.size() >= 3);
      CHECK(one.front() <= kFirst);
      CHECK(smallest_lead(one, 4) >= 0);
      // Short and long sentences, whatever comes after what.
      const std::string mixed =
          "[[aaa]]. " + long_sentence(60) + " [[iii]]! " + long_sentence(30) + "\n\n[[ʌ]].";
      const auto several = chunks_of(voice, options, mixed);
      CHECK(several.front() <= kFirst);
      CHECK(smallest_lead(several, 4) >= 0);
    }
  }
}

TEST_CASE("playback: the measure sees a gap") {
  CHECK(smallest_lead({12000, 12000, 12000}, 2) > 0);
  CHECK(smallest_lead({12000, 240000}, 4) < 0);
  CHECK(smallest_lead({12000, 12000}, 0.5) < 0);
}
