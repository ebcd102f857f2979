#include <cstdio>
#include <filesystem>

#include "cli/train_options.h"
#include "core/error.h"
#include "core/join.h"
#include "train/aligner_run.h"
#include "train/model_card.h"
#include "train/voice_build.h"
#include "train/voice_pack.h"

namespace tts {
namespace {

namespace fs = std::filesystem;

struct VoiceRun {
  std::string name, language, work, codec;
  std::vector<std::string> generators, durations;
  double minutes;
};

void say(const char* what) {
  std::fprintf(stderr, "── %s\n", what);
}

LoopOptions stage_options(const ParsedOptions& p, const std::string& out, double minutes) {
  LoopOptions o = loop_options(p);
  o.out = out;
  o.steps = 0;
  o.minutes = minutes;
  return o;
}

std::string duration_folder(const VoiceRun& run, const std::string& type) {
  return run.work + (type == "phoneme" ? "/duration" : "/duration-" + type);
}

void train_durations(const ParsedOptions& p,
                     const VoiceRun& run,
                     const std::string& type,
                     const AcousticData& data,
                     const AcousticTaskOptions& options) {
  std::fprintf(stderr, "── durations, F0 and energy: %s\n", type.c_str());
  torch::manual_seed(options.seed);
  DurationTask task(new_duration_model(data, type), data, options);
  LoopOptions loop =
      stage_options(p, duration_folder(run, type), std::max(0.05, run.minutes * 0.1));
  loop.best_metric = "total";  // it learns the training text by heart long before the time is up
  loop.validate_every = 100;
  run_loop(task, loop);
}

// Each stage resumes from its own folder, so that the command can be stopped and run again.
void train_stages(const ParsedOptions& p,
                  const VoiceRun& run,
                  const AcousticData& data,
                  CodecImpl& codec) {
  AcousticTaskOptions options;
  options.seed = p["seed"].as<uint64_t>();
  options.device = device_from(p);
  for (const auto& type : run.durations) train_durations(p, run, type, data, options);
  say("generators");
  torch::manual_seed(options.seed);
  auto encoder = new_frame_encoder(data);
  const auto generators = new_generators(run.generators, data.train.at(0).latents.size(1), encoder);
  start_from(codec, generators);
  AcousticTask acoustic(encoder, generators, data, options);
  std::fprintf(stderr, "padding %.1f %%\n", 100 * acoustic.padding_share());
  LoopOptions acoustic_loop = stage_options(p, run.work + "/acoustic", run.minutes);
  acoustic_loop.best_metric = "total";
  run_loop(acoustic, acoustic_loop);
}

void add_voice_options(cxxopts::Options& options) {
  using cxxopts::value;
  add_trainer_options(options);
  options.add_options()("name", "the voice's name", value<std::string>())(
      "lang", "language of the texts", value<std::string>()->default_value("en-us"))(
      "codec", "folder of the codec", value<std::string>()->default_value(shipped_folder("codec")))(
      "work", "folder for the stages (default: OUT/../.NAME-training)", value<std::string>())(
      "licence",
      "licence of the recordings, for the model card",
      value<std::string>()->default_value("unknown"))(
      "type",
      "generators, separated by commas",
      value<std::vector<std::string>>()->default_value("parallel,flow"))(
      "duration-type",
      "duration models, separated by commas; the first is the default: " + join(duration_types()),
      value<std::vector<std::string>>()->default_value("phoneme"));
  options.parse_positional({"data"});
  options.positional_help("DATA…");
}

VoiceRun run_of(const ParsedOptions& p) {
  const fs::path out = p["out"].as<std::string>();
  VoiceRun run;
  run.name = p.count("name") ? p["name"].as<std::string>() : out.filename().string();
  run.language = p["lang"].as<std::string>();
  run.work = p.count("work") ? p["work"].as<std::string>()
                             : (out.parent_path() / ("." + run.name + "-training")).string();
  run.codec = p["codec"].as<std::string>();
  run.generators = p["type"].as<std::vector<std::string>>();
  run.durations = p["duration-type"].as<std::vector<std::string>>();
  run.minutes = p["minutes"].as<double>();
  return run;
}

Alignments aligned(const Corpus& corpus, const VoiceRun& run, uint64_t seed) {
  const std::string file = run.work + "/alignments.tsv";
  if (!fs::exists(file)) {
    say("alignment");
    AlignerRunOptions options;
    options.seed = seed;
    write_alignments(file, run_aligner(corpus, options, [](const AlignerRound& round) {
                       std::fprintf(stderr,
                                    "%s  loss %.3f  held-out accuracy %.3f  %.0f s\n",
                                    round.kind.c_str(),
                                    round.loss,
                                    round.held_out_accuracy,
                                    round.seconds);
                       return true;
                     }));
  }
  return read_alignments(file);
}

VoiceBuild build_of(const VoiceRun& run) {
  VoiceBuild build;
  build.name = run.name;
  build.codec = run.codec;
  for (const auto& type : run.durations) build.durations.push_back(duration_folder(run, type));
  build.default_duration = run.durations.front();
  build.acoustic = {run.work + "/acoustic"};
  return build;
}

}  // namespace

int train_voice(int argc, char** argv) {
  cxxopts::Options options(
      "tts train voice",
      "Fits a new voice on the shipped codec: aligner, durations, generators, model card.\n"
      "DATA are shards of `tts train prepare`; stop it when you like, the same command goes on.");
  add_voice_options(options);
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  if (!p.count("data"))
    fail(ErrorCode::kUsage, "tts train voice: DATA is missing: the shards of `tts train prepare`");
  require_options(p, {"out", "minutes"});
  const std::string out = p["out"].as<std::string>();
  const VoiceRun run = run_of(p);
  fs::create_directories(run.work);

  const Corpus corpus = corpus_from(p);
  CodecModels models = load_codec(run.codec);
  const AcousticData data = make_acoustic_data(
      corpus, aligned(corpus, run, p["seed"].as<uint64_t>()), &models.codec, nullptr, {});
  for (const auto& line : data.dropped) std::fprintf(stderr, "dropped %s\n", line.c_str());
  train_stages(p, run, data, *models.codec);

  VoiceBuild build = build_of(run);
  ModelCard card{run.name, run.language, p["licence"].as<std::string>(), "tts train"};
  for (int i = 0; i < argc; ++i) card.command += std::string(" ") + argv[i];
  build.model_card = write_model_card(card, corpus, data);
  build_voice(build, out);
  std::fprintf(stderr, "%s is ready: tts --voice %s \"…\" -o out.wav\n", out.c_str(), out.c_str());
  return 0;
}

}  // namespace tts
