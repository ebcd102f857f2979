#include "train/semantic_task.h"

#include <cmath>
#include <filesystem>

#include "core/error.h"
#include "tests/test.h"
#include "tests/train/learn_task.h"
#include "train/acoustic_task.h"
#include "train/semantic_quality.h"
#include "train/voice_build.h"

using namespace tts;

namespace {

// Tones of 400, 1200 and 3600 Hz, eight frames each, in an order that repeats.
Utterance tones(const std::string& id, int64_t first) {
  Utterance u;
  u.id = id;
  u.text = id;
  u.speaker = "anna";
  u.language = "en-us";
  std::vector<torch::Tensor> parts;
  const torch::Tensor t = torch::arange(8 * 480) / 24000.0;
  for (int64_t i = 0; i < 9; ++i) {
    const double hz = 400 * std::pow(3.0, static_cast<double>((first + i) % 3));
    parts.push_back(torch::sin(t * 2 * M_PI * hz) * 0.3);
    u.symbols.push_back({std::string(1, static_cast<char>('a' + (first + i) % 3))});
  }
  u.wave = ((torch::cat(parts) + torch::randn({72 * 480}) * 1e-3) * 32767).to(torch::kShort);
  u.log_f0 = torch::full({144}, 5.0) + torch::randn({144}) * 0.1;
  u.voiced = torch::ones({144});
  return u;
}

Corpus toy() {
  torch::manual_seed(3);
  Corpus corpus;
  for (int64_t i = 0; i < 6; ++i) corpus.train.push_back(tones("t" + std::to_string(i), i));
  corpus.held_back.push_back(tones("held", 1));
  return corpus;
}

SemanticEncoder small() {
  torch::manual_seed(1);
  SemanticEncoderOptions o;
  o.bands = 24;
  o.channels = 24;
  o.hidden = 48;
  o.blocks = 3;
  o.feature_block = 2;
  o.kernel = 9;
  o.targets = 16;
  return SemanticEncoder(o);
}

SemanticTaskOptions quick() {
  SemanticTaskOptions o;
  o.batch = 6;
  o.crop_frames = 60;
  o.span_frames = 4;
  o.entries = 6;
  o.optimiser = {5e-3, 5e-4, 5, 0.9, 0.98, 0.01, 3.0, 0.5};
  return o;
}

std::string scratch(const std::string& name) {
  const auto folder = std::filesystem::temp_directory_path() / ("tts-semantic-task-" + name);
  std::filesystem::remove_all(folder);
  return folder.string();
}

}  // namespace

TEST_CASE("semantic encoder: hidden tones are guessed from those around them") {
  const Corpus corpus = toy();
  SemanticTask task(small(), corpus, quick());
  const auto untaught = task.validate();
  CHECK(learn(task, 120, [&](const Metrics&) {
    const auto taught = task.validate();
    // Fewer nats than how often each target comes would tell: what stands around is used.
    return taught.at("entropy") < std::log(taught.at("perplexity")) &&
           taught.at("accuracy") > untaught.at("accuracy") && taught.at("perplexity") > 1;
  }));
  // Written twice, the same.
  const std::string folder = scratch("export");
  task.export_to(folder);
  const SemanticTokens semantic = SemanticTokens::load(folder);
  const std::string identity = semantic.identity();
  task.export_to(folder);
  CHECK(SemanticTokens::load(folder).identity() == identity);
  const Tensor tokens = semantic.tokens(corpus.held_back[0].samples());
  CHECK(tokens.size(0) == 72);
  // A tone may have several tokens, but they are its own.
  Contingency counts;
  for (int64_t t = 0; t < 72; ++t)
    counts[{tokens[t].item<int64_t>(), std::to_string(t / 8 % 3)}] += 1;
  CHECK(shared_information(counts) > 0.5);
}

TEST_CASE("semantic encoder: nothing to train on is said") {
  CHECK_THROWS_WITH(SemanticTask(small(), Corpus{}, quick()), doctest::Contains("no recording"));
}

TEST_CASE("two_stage: learns from the corpus's semantic tokens, kept between runs") {
  const Corpus corpus = toy();
  const std::string folder = scratch("tokens"), cache = scratch("cache");
  SemanticTask(small(), corpus, quick()).export_to(folder);
  AcousticDataOptions options;
  options.semantic = std::make_shared<const SemanticTokens>(SemanticTokens::load(folder));
  options.cache_folder = cache;
  options.codec_identity = "tiny";
  options.validation_every = 1000000;
  Alignments alignments;
  for (const auto& u : corpus.train) alignments[u.id].durations.assign(u.symbols.size(), 8);
  torch::manual_seed(4);
  CodecOptions codec_options;
  codec_options.encoder = {20, 8, 1, 8, 1, 8};
  codec_options.quantiser.latent = 8;
  Codec codec(codec_options);
  codec->set_statistics(torch::randn({200, 8}), 6, 0.5);
  codec->eval();
  const AcousticData data = make_acoustic_data(corpus, alignments, &codec, nullptr, options);
  const Tensor first = data.train.at(0).semantic;
  CHECK(first.equal(
      options.semantic->tokens(corpus.train[0].samples() * data.speakers.at("anna").gain)
          .to(torch::kInt)));
  CHECK(std::filesystem::exists(cache + "/semantic.safetensors"));
  const AcousticData again = make_acoustic_data(corpus, alignments, &codec, nullptr, options);
  CHECK(again.train.at(0).semantic.equal(first));

  const auto encoder = new_frame_encoder(data);
  const auto generators = new_generators({"two_stage"}, 6, encoder);
  int64_t parameters = 0;
  for (const auto& p : generators[0].generator->parameters()) parameters += p.numel();
  CHECK(parameters < 5000000);
  start_from(*codec, generators);
  AcousticTaskOptions task_options;
  task_options.batch = 3;
  AcousticTask task(encoder, generators, data, task_options);
  task.optimisers()[0].second->schedule(50, 0.1);
  // The same recordings with the same frames hidden, before and after.
  const auto measured = [&](int64_t step) {
    torch::manual_seed(9);
    return task.step(step);
  };
  const auto before = measured(0);
  for (int64_t step = 1; step < 6; ++step) task.step(step);
  const auto after = measured(6);
  CHECK(after.at("two_stage.semantic_entropy") < before.at("two_stage.semantic_entropy"));
  CHECK(after.at("two_stage.entropy") > 0);
}
