#include <cstdio>

#include "cli/train_options.h"
#include "core/error.h"
#include "train/semantic_quality.h"
#include "train/semantic_task.h"

namespace tts {
namespace {

void add_semantic_options(cxxopts::Options& options) {
  using cxxopts::value;
  const SemanticEncoderOptions network;
  const SemanticTaskOptions task;
  const auto number = [](auto x) { return std::to_string(x); };
  add_trainer_options(options);
  options.add_options()("recogniser",
                        "folder of a recogniser whose features become the tokens instead: nothing "
                        "is trained, only their table is made",
                        value<std::string>())(
      "measure",
      "folders of finished semantic tokens: prints what they tell of phones and speakers in the "
      "held-back recordings, and trains nothing",
      value<std::vector<std::string>>())("alignments",
                                         "alignments.tsv of every speaker, for --measure",
                                         value<std::vector<std::string>>())(
      "entries", "semantic tokens", value<int64_t>()->default_value(number(task.entries)))(
      "channels", "width", value<int64_t>()->default_value(number(network.channels)))(
      "blocks", "depth", value<int64_t>()->default_value(number(network.blocks)))(
      "feature-block",
      "the features are what leaves so many blocks",
      value<int64_t>()->default_value(number(network.feature_block)))(
      "dropout", "in the blocks", value<double>()->default_value("0.1"))(
      "batch",
      "crops of three seconds per step",
      value<int64_t>()->default_value(number(task.batch)))(
      "learning-rate", "at its highest", value<double>()->default_value("0.002"));
}

SemanticEncoder new_encoder(const ParsedOptions& p) {
  SemanticEncoderOptions o;
  o.channels = p["channels"].as<int64_t>();
  o.hidden = 3 * o.channels;
  o.blocks = p["blocks"].as<int64_t>();
  o.feature_block = p["feature-block"].as<int64_t>();
  o = SemanticEncoderOptions::from(Config(o.to_json(), "tts train semantic"));  // checks
  o.dropout = p["dropout"].as<double>();
  return SemanticEncoder(o);
}

// What is given for a training that does not happen is a mistake.
void refuse_training_options(const ParsedOptions& p) {
  for (const char* name : {"channels",
                           "blocks",
                           "feature-block",
                           "dropout",
                           "batch",
                           "learning-rate",
                           "steps",
                           "minutes",
                           "validate-every",
                           "checkpoint-minutes",
                           "fresh",
                           "json",
                           "device"}) {
    if (p.count(name))
      fail(ErrorCode::kUsage, "--", name, " is of training; with --recogniser nothing is trained");
  }
}

int measure(const ParsedOptions& p) {
  require_options(p, {"data", "alignments"});
  const Corpus corpus = corpus_from(p);
  const Alignments alignments = alignments_from(p);
  std::printf("%-24s %9s %12s %9s %10s %10s\n",
              "tokens",
              "frames",
              "phone inf.",
              "purity",
              "speaker",
              "in use");
  for (const auto& folder : p["measure"].as<std::vector<std::string>>()) {
    const SemanticQuality q =
        measure_semantic(SemanticTokens::load(folder), corpus.held_back, alignments);
    std::printf("%-24s %9lld %12.3f %9.3f %10.3f %10.0f\n",
                folder.c_str(),
                static_cast<long long>(q.frames),
                q.phone_information,
                q.phone_purity,
                q.speaker_information,
                q.perplexity);
  }
  return 0;
}

}  // namespace

int train_semantic(int argc, char** argv) {
  cxxopts::Options options("tts train semantic",
                           "Makes semantic tokens: trains an encoder by masked prediction, or "
                           "takes a recogniser's features.");
  add_semantic_options(options);
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  if (p.count("measure")) return measure(p);
  require_options(p, {"data", "out"});
  if (p.count("alignments"))
    fail(ErrorCode::kUsage, "--alignments is of --measure; training needs no text");
  SemanticTaskOptions task;
  task.entries = p["entries"].as<int64_t>();
  if (task.entries < 2 || task.entries > 65536)
    fail(ErrorCode::kUsage, "--entries is ", task.entries, "; it must be 2 to 65536");
  task.seed = p["seed"].as<uint64_t>();
  if (p.count("recogniser")) {
    refuse_training_options(p);
    const SemanticSource source =
        semantic_source(load_recogniser(p["recogniser"].as<std::string>()));
    const Corpus corpus = corpus_from(p);
    if (corpus.train.empty()) fail(ErrorCode::kInput, "there is no recording to listen to");
    save_semantic(source,
                  semantic_centres(source, corpus, task.entries, task.seed),
                  p["out"].as<std::string>());
    return 0;
  }
  task.batch = p["batch"].as<int64_t>();
  task.optimiser.learning_rate = p["learning-rate"].as<double>();
  task.device = device_from(p);
  torch::manual_seed(task.seed);
  const SemanticEncoder encoder = new_encoder(p);
  const Corpus corpus = corpus_from(p);
  SemanticTask prediction(encoder, corpus, task);
  run_loop(prediction, loop_options(p));
  return 0;
}

}  // namespace tts
