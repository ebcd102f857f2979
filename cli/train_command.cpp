#include "cli/train_command.h"

#include <cstdio>
#include <cxxopts.hpp>
#include <functional>
#include <map>

#include "core/error.h"
#include "train/codec_task.h"
#include "train/corpus.h"
#include "train/loop.h"
#include "train/prepare.h"

namespace tts {
namespace {

using Parsed = cxxopts::ParseResult;

Parsed parse(cxxopts::Options& options, int argc, char** argv) {
  try {
    options.add_options()("h,help", "show this help");
    const auto parsed = options.parse(argc, argv);
    if (parsed.count("help")) {
      std::printf("%s", options.help().c_str());
      std::exit(0);
    }
    return parsed;
  } catch (const cxxopts::exceptions::exception& e) {
    fail(ErrorCode::kUsage, "tts train: ", e.what(), "; see `tts train --help`");
  }
}

// What every trainer takes.
void add_common(cxxopts::Options& options) {
  options.add_options()("data", "shards, or folders of shards", cxxopts::value<std::vector<std::string>>())(
      "out", "folder for checkpoints and weights", cxxopts::value<std::string>())(
      "speakers", "only these speakers", cxxopts::value<std::vector<std::string>>())(
      "held-back", "folder of id lists that are never trained on", cxxopts::value<std::string>()->default_value("voices/held_back"))(
      "steps", "stop after so many steps", cxxopts::value<int64_t>()->default_value("0"))(
      "minutes", "stop after so many minutes", cxxopts::value<double>()->default_value("0"))(
      "validate-every", "steps between validations", cxxopts::value<int64_t>()->default_value("500"))(
      "checkpoint-minutes", "minutes between checkpoints", cxxopts::value<double>()->default_value("3"))(
      "seed", "of all randomness", cxxopts::value<uint64_t>()->default_value("1"))(
      "threads", "CPU threads", cxxopts::value<int>()->default_value("2"))(
      "device", "cpu or cuda", cxxopts::value<std::string>()->default_value("cpu"))(
      "fresh", "begin anew even if there is a checkpoint")("json", "JSON lines on standard output");
}

LoopOptions loop_options(const Parsed& p) {
  LoopOptions o;
  o.out = p["out"].as<std::string>();
  o.steps = p["steps"].as<int64_t>();
  o.minutes = p["minutes"].as<double>();
  o.validate_every = p["validate-every"].as<int64_t>();
  o.checkpoint_minutes = p["checkpoint-minutes"].as<double>();
  o.seed = p["seed"].as<uint64_t>();
  o.fresh = p.count("fresh") > 0;
  o.json = p.count("json") > 0;
  return o;
}

void require(const Parsed& p, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (!p.count(name)) fail(ErrorCode::kUsage, "tts train: --", name, " is missing");
  }
}

Corpus corpus_of(const Parsed& p) {
  std::set<std::string> speakers;
  if (p.count("speakers")) {
    for (const auto& s : p["speakers"].as<std::vector<std::string>>()) speakers.insert(s);
  }
  Corpus corpus = load_corpus(p["data"].as<std::vector<std::string>>(), p["held-back"].as<std::string>(), speakers);
  std::fprintf(stderr, "%zu recordings, %.1f minutes; %zu held back\n", corpus.train.size(), corpus.train_minutes(),
               corpus.held_back.size());
  return corpus;
}

void set_threads(const Parsed& p) { at::set_num_threads(p["threads"].as<int>()); }

int train_prepare(int argc, char** argv) {
  cxxopts::Options options("tts train prepare", "Makes shards from a folder with metadata.csv (id|text) and wavs/.");
  options.add_options()("dir", "the folder", cxxopts::value<std::string>())(
      "out", "folder for the shards", cxxopts::value<std::string>())(
      "speaker", "the speaker's name", cxxopts::value<std::string>())(
      "lang", "language of the texts", cxxopts::value<std::string>()->default_value("en-us"))(
      "threads", "threads", cxxopts::value<int>()->default_value("2"));
  options.parse_positional({"dir"});
  const auto p = parse(options, argc, argv);
  require(p, {"dir", "out", "speaker"});
  PrepareOptions o;
  o.folder = p["dir"].as<std::string>();
  o.out = p["out"].as<std::string>();
  o.speaker = p["speaker"].as<std::string>();
  o.language = p["lang"].as<std::string>();
  o.threads = p["threads"].as<int>();
  const auto report = prepare(o);
  for (const auto& problem : report.problems) std::fprintf(stderr, "left out: %s\n", problem.c_str());
  std::fprintf(stderr, "%zu recordings, %.1f minutes, %zu shards; %zu problems\n", report.recordings, report.minutes,
               report.shards.size(), report.problems.size());
  return report.problems.empty() ? 0 : 1;
}

int train_codec(int argc, char** argv) {
  cxxopts::Options options("tts train codec", "Trains the codec and its vocoder.");
  add_common(options);
  options.add_options()("stage", "reconstruct or adversarial", cxxopts::value<std::string>()->default_value("reconstruct"))(
      "vocoder", "type of a new vocoder", cxxopts::value<std::string>()->default_value("source_filter"))(
      "init", "folder of codec weights to begin from", cxxopts::value<std::string>())(
      "new-vocoder", "with --init: keep the codec, begin a new vocoder of type --vocoder")(
      "batch", "crops per step", cxxopts::value<int64_t>()->default_value("12"))(
      "crop-frames", "codec frames per crop", cxxopts::value<int64_t>()->default_value("32"))(
      "learning-rate", "peak learning rate", cxxopts::value<double>())(
      "adversarial-weight", "share of the adversarial gradient", cxxopts::value<double>()->default_value("0.25"))(
      "warmup", "steps the discriminators learn alone", cxxopts::value<int64_t>()->default_value("300"));
  const auto p = parse(options, argc, argv);
  require(p, {"data", "out"});
  set_threads(p);
  const Corpus corpus = corpus_of(p);
  CodecTaskOptions o;
  o.batch = p["batch"].as<int64_t>();
  o.crop_frames = p["crop-frames"].as<int64_t>();
  o.device = torch::Device(p["device"].as<std::string>());
  torch::manual_seed(p["seed"].as<uint64_t>());
  CodecModels models = p.count("init") ? load_codec(p["init"].as<std::string>()) : new_codec(p["vocoder"].as<std::string>());
  if (p.count("new-vocoder")) models.vocoder = new_codec(p["vocoder"].as<std::string>()).vocoder;
  const std::string stage = p["stage"].as<std::string>();
  if (stage == "reconstruct") {
    o.optimiser = {p.count("learning-rate") ? p["learning-rate"].as<double>() : 1e-3, 1e-4, 80, 0.9, 0.99, 0.01, 3.0, 0.998};
    if (p.count("init")) o.quantise_from = -1;
    ReconstructTask task(models, corpus, o);
    run_loop(task, loop_options(p));
  } else if (stage == "adversarial") {
    AdversarialOptions a;
    a.crops = o;
    a.crops.optimiser = {p.count("learning-rate") ? p["learning-rate"].as<double>() : 2e-4, 5e-5, 50, 0.8, 0.99, 0.01, 3.0, 0.999};
    a.discriminator = {4e-4, 2e-4, 50, 0.8, 0.99, 0.01, 10.0, 0};
    a.adversarial_weight = p["adversarial-weight"].as<double>();
    a.warmup_steps = p["warmup"].as<int64_t>();
    AdversarialTask task(models, corpus, a);
    run_loop(task, loop_options(p));
  } else {
    fail(ErrorCode::kUsage, "tts train codec: --stage is \"", stage, "\"; known: reconstruct, adversarial");
  }
  return 0;
}

}  // namespace

int train_command(int argc, char** argv) {
  static const std::map<std::string, int (*)(int, char**)> kinds = {{"prepare", train_prepare}, {"codec", train_codec}};
  std::string known;
  for (const auto& [name, run] : kinds) known += (known.empty() ? "" : ", ") + name;
  if (argc < 2) fail(ErrorCode::kUsage, "tts train: say what to train; known: ", known);
  const auto found = kinds.find(argv[1]);
  if (found == kinds.end()) fail(ErrorCode::kUsage, "tts train: \"", argv[1], "\" is not known; known: ", known);
  return found->second(argc - 1, argv + 1);
}

}  // namespace tts
