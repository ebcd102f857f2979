#include "train/speaker_task.h"

#include "tests/speech_like.h"
#include "tests/test.h"
#include "tests/train/learn_task.h"

using namespace tts;

namespace {

Utterance utterance(const std::string& speaker, double hz, unsigned seed) {
  SpeechLike sound;
  sound.seconds = 2.5;
  sound.hz = hz;
  sound.seed = seed;
  Utterance u;
  u.id = speaker + std::to_string(seed);
  u.speaker = speaker;
  u.wave = (torch::tensor(speech_like(sound)) * 20000).to(torch::kShort);
  return u;
}

Corpus two_people() {
  Corpus corpus;
  for (unsigned seed = 1; seed <= 4; ++seed) {
    corpus.train.push_back(utterance("anna", 200, seed));
    corpus.train.push_back(utterance("ben", 110, seed));
  }
  corpus.held_back = {utterance("anna", 205, 9), utterance("ben", 105, 9)};
  return corpus;
}

SpeakerEncoder small(uint64_t seed) {
  torch::manual_seed(seed);
  SpeakerEncoderOptions o;
  o.bands = 16;
  o.channels = 16;
  o.blocks = 1;
  o.vector = 8;
  return SpeakerEncoder(o);
}

SpeakerTaskOptions options() {
  SpeakerTaskOptions o;
  o.speakers = 4;
  o.recordings = 2;
  o.crop_s = 0.6;
  o.warp_semitones = 1;
  o.warp_formants = 1;
  o.optimiser.warmup_steps = 5;
  return o;
}

}  // namespace

TEST_CASE("speaker encoder: the loss falls, and what is measured has its names") {
  const Corpus corpus = two_people();
  SpeakerTask task(small(1), corpus, options());
  // One step's loss depends on what was drawn for it.
  const auto mean_loss = [&] {
    double sum = 0;
    for (int64_t step = 0; step < 10; ++step) {
      torch::manual_seed(static_cast<uint64_t>(step));
      sum += task.step(step).at("loss");
    }
    return sum / 10;
  };
  const double first = mean_loss();
  CHECK(learn(task, 20, [&](const Metrics&) { return mean_loss() < 0.8 * first; }));
  const Metrics metrics = task.validate();
  CHECK(metrics.at("eer") <= 0.5);
  CHECK(metrics.count("eer_coded") == 1);
  CHECK(metrics.count("eer_unseen") == 0);
  CHECK(metrics.count("kept") == 0);
}

TEST_CASE("speaker encoder: vectors that are to be kept are learnt") {
  const Corpus corpus = two_people();
  SpeakerTaskOptions o = options();
  o.kept = small(2);
  o.keep_weight = 100;
  SpeakerTask task(small(1), corpus, o);
  const double before = task.validate().at("kept");
  CHECK(learn(task, 60, [&](const Metrics&) {
    const double after = task.validate().at("kept");
    return after > 0.8 && after > before;
  }));
  SUBCASE("and the encoder that gave them does not move") {
    const auto given = small(2)->parameters(), now = o.kept->parameters();
    for (size_t i = 0; i < now.size(); ++i) CHECK(torch::equal(given[i], now[i]));
  }
}
