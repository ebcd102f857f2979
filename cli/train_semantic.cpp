#include "cli/train_options.h"
#include "core/error.h"
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

}  // namespace

int train_semantic(int argc, char** argv) {
  cxxopts::Options options("tts train semantic",
                           "Makes semantic tokens: trains an encoder by masked prediction, or "
                           "takes a recogniser's features.");
  add_semantic_options(options);
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out"});
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
