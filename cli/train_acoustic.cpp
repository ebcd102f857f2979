#include <cstdio>

#include "cli/train_options.h"
#include "core/error.h"
#include "nn/safetensors.h"
#include "train/voice_build.h"

namespace tts {
namespace {

AcousticTaskOptions task_options(const ParsedOptions& p) {
  AcousticTaskOptions o;
  o.batch = p["batch"].as<int64_t>();
  o.seed = p["seed"].as<uint64_t>();
  o.device = device_from(p);
  if (p.count("learning-rate")) {
    o.optimiser.learning_rate = p["learning-rate"].as<double>();
    o.optimiser.final_learning_rate = o.optimiser.learning_rate / 10;
  }
  return o;
}

void add_options(cxxopts::Options& options) {
  using cxxopts::value;
  add_trainer_options(options);
  options.add_options()(
      "alignments", "alignments.tsv of `tts train aligner`", value<std::string>())(
      "init", "folder of weights to begin from", value<std::string>())(
      "batch", "recordings per step", value<int64_t>()->default_value("12"))(
      "learning-rate", "peak learning rate", value<double>());
}

AcousticData data_from(const ParsedOptions& p, const Corpus& corpus, Codec* codec) {
  AcousticData data =
      make_acoustic_data(corpus, read_alignments(p["alignments"].as<std::string>()), codec, {});
  std::fprintf(stderr,
               "%zu for training, %zu for validation, %zu held back, %zu dropped; %zu symbols\n",
               data.train.size(),
               data.validation.size(),
               data.held_back.size(),
               data.dropped.size(),
               data.symbol_table.size());
  for (const auto& line : data.dropped) std::fprintf(stderr, "dropped %s\n", line.c_str());
  return data;
}

}  // namespace

int train_acoustic(int argc, char** argv) {
  using cxxopts::value;
  cxxopts::Options options("tts train acoustic", "Trains generators on one shared frame encoder.");
  add_options(options);
  options.add_options()("codec", "folder of the codec", value<std::string>())(
      "type",
      "generators, separated by commas",
      value<std::vector<std::string>>()->default_value("parallel,flow"));
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out", "alignments", "codec"});
  const Corpus corpus = corpus_from(p);
  CodecModels models = load_codec(p["codec"].as<std::string>());
  const AcousticData data = data_from(p, corpus, &models.codec);
  torch::manual_seed(p["seed"].as<uint64_t>());
  auto encoder = new_frame_encoder(static_cast<int64_t>(data.symbol_table.size()));
  auto generators = new_generators(
      p["type"].as<std::vector<std::string>>(), data.train.at(0).latents.size(1), encoder);
  if (p.count("init")) load_acoustic(p["init"].as<std::string>(), *encoder, generators);
  AcousticTask task(encoder, generators, data, task_options(p));
  std::fprintf(stderr, "padding %.1f %%\n", 100 * task.padding_share());
  LoopOptions loop = loop_options(p);
  loop.best_metric = "total";
  run_loop(task, loop);
  return 0;
}

int train_duration(int argc, char** argv) {
  cxxopts::Options options("tts train duration",
                           "Trains the phoneme-level model of durations, F0 and energy.");
  add_options(options);
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out", "alignments"});
  const Corpus corpus = corpus_from(p);
  const AcousticData data = data_from(p, corpus, nullptr);
  torch::manual_seed(p["seed"].as<uint64_t>());
  auto model = new_duration_model(data);
  if (p.count("init"))
    load_into(*model, SafeTensors::open_sharded(p["init"].as<std::string>() + "/duration"));
  DurationTask task(model, data, task_options(p));
  LoopOptions loop = loop_options(p);
  loop.best_metric = "total";  // it learns the training text by heart long before the time is up
  run_loop(task, loop);
  return 0;
}

}  // namespace tts
