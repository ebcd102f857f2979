#include <algorithm>

#include "analysis/recogniser.h"
#include "cli/train_options.h"
#include "core/error.h"
#include "nn/safetensors.h"
#include "train/recogniser_task.h"

namespace tts {
namespace {

void add_recogniser_options(cxxopts::Options& options) {
  using cxxopts::value;
  const RecogniserOptions network;
  const RecogniserTaskOptions task;
  const auto number = [](auto x) { return std::to_string(x); };
  add_trainer_options(options);
  options.add_options()("alignments",
                        "alignments.tsv of `tts train aligner`, of every speaker: teaches the "
                        "phone of each frame, and is much faster than CTC alone",
                        value<std::vector<std::string>>())(
      "channels", "width", value<int64_t>()->default_value(number(network.channels)))(
      "blocks",
      "depth; with --init more than it has are added",
      value<int64_t>()->default_value(number(network.blocks)))(
      "dropout", "in the blocks", value<double>()->default_value("0.1"))(
      "batch-seconds",
      "of speech in a batch, about",
      value<double>()->default_value(number(task.batch_frames / 50)))(
      "learning-rate", "at its highest", value<double>()->default_value("0.002"))(
      "init",
      "folder of a recogniser to begin from, of its width; phones that it does not know are added",
      value<std::string>());
}

Recogniser new_recogniser(const ParsedOptions& p, const Corpus& corpus) {
  RecogniserOptions network;
  network.channels = p["channels"].as<int64_t>();
  network.hidden = 3 * network.channels;
  network.blocks = p["blocks"].as<int64_t>();
  network.dropout = p["dropout"].as<double>();
  network.phones = recogniser_phones(corpus);
  if (!p.count("init")) return Recogniser(network);
  const std::string from = p["init"].as<std::string>();
  Recogniser trained = load_recogniser(from);
  const RecogniserOptions& before = trained->options();
  const bool deeper = p.count("blocks") > 0;
  if (p.count("channels") && network.channels != before.channels)
    fail(ErrorCode::kUsage, "--channels: --init ", from, " has ", before.channels);
  if (deeper && network.blocks < before.blocks)
    fail(ErrorCode::kUsage, "--blocks: --init ", from, " has ", before.blocks, ", none is taken");
  RecogniserOptions grown = before;
  grown.blocks = deeper ? network.blocks : before.blocks;
  grown.dropout = network.dropout;
  for (const auto& phone : network.phones) {  // new ones come behind, so that outputs stay
    if (std::find(before.phones.begin(), before.phones.end(), phone) == before.phones.end())
      grown.phones.push_back(phone);
  }
  Recogniser recogniser(grown);
  begin_from(recogniser, trained);
  return recogniser;
}

}  // namespace

int train_recogniser(int argc, char** argv) {
  cxxopts::Options options("tts train recogniser",
                           "Trains the phoneme recogniser: which phones were said, and when?");
  add_recogniser_options(options);
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out"});
  const Corpus corpus = corpus_from(p);
  const Alignments alignments = alignments_from(p);
  torch::manual_seed(p["seed"].as<uint64_t>());
  Recogniser recogniser = new_recogniser(p, corpus);
  RecogniserTaskOptions task;
  task.batch_frames = static_cast<int64_t>(50 * p["batch-seconds"].as<double>());
  task.optimiser.learning_rate = p["learning-rate"].as<double>();
  task.device = device_from(p);
  RecogniserTask recognition(recogniser, corpus, alignments, task);
  run_loop(recognition, loop_options(p));
  return 0;
}

}  // namespace tts
