#include "cli/train_options.h"
#include "core/error.h"
#include "train/speaker_task.h"
#include "train/voice_build.h"

namespace tts {
namespace {

SpeakerEncoder new_speaker_encoder(const ParsedOptions& p) {
  if (p.count("init")) {
    for (const char* size : {"channels", "blocks", "vector"}) {
      if (p.count(size))
        fail(ErrorCode::kUsage, "--", size, " is of a new encoder; --init has its own sizes");
    }
    return *load_speaker_encoder(p["init"].as<std::string>());
  }
  SpeakerEncoderOptions o;
  o.channels = p["channels"].as<int64_t>();
  o.blocks = p["blocks"].as<int64_t>();
  o.vector = p["vector"].as<int64_t>();
  return SpeakerEncoder(SpeakerEncoderOptions::from(Config(o.to_json(), "the options")));
}

}  // namespace

int train_speaker(int argc, char** argv) {
  using cxxopts::value;
  cxxopts::Options options(
      "tts train speaker",
      "Trains the speaker encoder: a recording becomes a vector of its voice.");
  add_trainer_options(options);
  const SpeakerEncoderOptions network;
  const auto number = [](auto x) { return std::to_string(x); };
  options.add_options()("init", "folder of weights to begin from", value<std::string>())(
      "channels",
      "width of a new encoder",
      value<int64_t>()->default_value(number(network.channels)))(
      "blocks", "its depth", value<int64_t>()->default_value(number(network.blocks)))(
      "vector", "numbers of its vectors", value<int64_t>()->default_value(number(network.vector)))(
      "keep",
      "folder of an encoder whose vectors are to be kept: a voice trained with it takes the new "
      "one",
      value<std::string>())(
      "warp-formants",
      "pseudo-speakers have formants up to so many semitones higher or lower besides",
      value<int>()->default_value("2"))(
      "coded",
      "share of the crops that telephones and lossy sound files are heard through",
      value<double>()->default_value("0.5"))(
      "hold-out", "speakers to measure on only", value<std::vector<std::string>>())(
      "batch-speakers", "speakers per step", value<int64_t>()->default_value("12"))(
      "batch-recordings", "recordings of each", value<int64_t>()->default_value("5"))(
      "learning-rate",
      "at its highest",
      value<double>()->default_value(std::to_string(SpeakerTaskOptions().optimiser.learning_rate)))(
      "crop", "seconds of each recording", value<double>()->default_value("1.8"));
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out"});
  const Corpus corpus = corpus_from(p);
  torch::manual_seed(p["seed"].as<uint64_t>());
  SpeakerTaskOptions task;
  task.speakers = p["batch-speakers"].as<int64_t>();
  task.recordings = p["batch-recordings"].as<int64_t>();
  task.crop_s = p["crop"].as<double>();
  task.optimiser.learning_rate = p["learning-rate"].as<double>();
  task.device = device_from(p);
  if (p.count("hold-out")) {
    for (const auto& s : p["hold-out"].as<std::vector<std::string>>()) task.hold_out.insert(s);
  }
  task.coded_share = share_of(p, "coded");
  task.warp_formants = warp_of(p, "warp-formants");
  SpeakerEncoder encoder = new_speaker_encoder(p);
  if (p.count("keep")) {
    task.kept = *load_speaker_encoder(p["keep"].as<std::string>());
    if (task.kept->options().vector != encoder->options().vector)
      fail(ErrorCode::kUsage,
           "--keep: its vectors have ",
           task.kept->options().vector,
           " numbers, those of this encoder ",
           encoder->options().vector);
  }
  SpeakerTask speaker(encoder, corpus, task);
  run_loop(speaker, loop_options(p));
  return 0;
}

}  // namespace tts
