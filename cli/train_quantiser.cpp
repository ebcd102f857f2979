#include "cli/train_options.h"
#include "core/error.h"
#include "train/quantiser_task.h"

namespace tts {

int train_quantiser(int argc, char** argv) {
  using cxxopts::value;
  const QuantiserTaskOptions usual;
  cxxopts::Options options("tts train quantiser",
                           "Fits a grouped scalar quantiser to the latents of a trained codec.");
  add_trainer_options(options);
  options.add_options()("codec", "folder of the codec, which stays as it is", value<std::string>())(
      "groups", "codes per frame", value<int64_t>()->default_value("8"))(
      "levels",
      "of the numbers of a group, one --levels each: 8 5 5 5 are 1,000 codes",
      value<std::vector<int64_t>>())(
      "batch",
      "frames per step",
      value<int64_t>()->default_value(std::to_string(usual.batch_frames)))(
      "learning-rate", "at its highest", value<double>()->default_value("0.003"));
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out", "codec"});
  CodecModels models = load_codec(p["codec"].as<std::string>());
  GroupedScalarOptions shape;
  shape.latent = models.codec->options().encoder.latent;
  shape.groups = p["groups"].as<int64_t>();
  if (p.count("levels")) shape.levels = p["levels"].as<std::vector<int64_t>>();
  shape = GroupedScalarOptions::from(Config(shape.to_json(), "tts train quantiser"));  // checks
  QuantiserTaskOptions task;
  task.batch_frames = p["batch"].as<int64_t>();
  task.optimiser.learning_rate = p["learning-rate"].as<double>();
  task.optimiser.final_learning_rate = task.optimiser.learning_rate / 100;
  task.device = device_from(p);
  const Corpus corpus = corpus_from(p);
  if (corpus.held_back.empty())
    fail(ErrorCode::kInput, "no recording of --data is held back: nothing to measure on");
  torch::manual_seed(p["seed"].as<uint64_t>());
  QuantiserTask fitting(GroupedScalarQuantiser(shape), models.codec, corpus, task);
  run_loop(fitting, loop_options(p));
  return 0;
}

}  // namespace tts
