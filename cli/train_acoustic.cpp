#include <cmath>
#include <cstdio>

#include "acoustic/flow/flow.h"
#include "cli/train_options.h"
#include "core/error.h"
#include "core/join.h"
#include "duration/total/total.h"
#include "nn/safetensors.h"
#include "train/generated_latents.h"
#include "train/vocabulary.h"
#include "train/voice_build.h"

namespace tts {
namespace {

AcousticTaskOptions task_options(const ParsedOptions& p) {
  AcousticTaskOptions o;
  o.batch = p["batch"].as<int64_t>();
  o.seed = p["seed"].as<uint64_t>();
  o.balance = share_of(p, "balance");
  o.speaker_noise = share_of(p, "speaker-noise");
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
  options.add_options()("alignments",
                        "alignments.tsv of `tts train aligner`, of every speaker",
                        value<std::vector<std::string>>())(
      "speaker-encoder",
      "folder of `tts train speaker`: needed for several speakers",
      value<std::string>())(
      "warp",
      "with --speaker-encoder: every recording once more as another speaker, up to so many "
      "semitones higher or lower",
      value<int>()->default_value("0"))(
      "warp-formants",
      "with --speaker-encoder: … with formants up to so many semitones higher or lower besides",
      value<int>()->default_value("0"))(
      "cache",
      "folder that keeps codes and speaker vectors of the recordings between runs",
      value<std::string>())("init", "folder of weights to begin from", value<std::string>())(
      "batch", "recordings per step", value<int64_t>()->default_value("12"))(
      "speaker-noise",
      "length of the noise beside speaker vectors of length one",
      value<double>()->default_value("0"))(
      "balance",
      "a speaker's share of the recordings is minutes ^ balance: 1 as they come, 0 all alike",
      value<double>()->default_value("1"))("learning-rate", "peak learning rate", value<double>());
}

AcousticData data_from(const ParsedOptions& p,
                       const Corpus& corpus,
                       Codec* codec,
                       AcousticDataOptions options = {},
                       const std::vector<std::string>& symbol_table = {}) {
  const Alignments alignments = alignments_from(p);
  std::shared_ptr<SpeakerEncoder> encoder;
  if (p.count("speaker-encoder")) {
    const auto folder = p["speaker-encoder"].as<std::string>();
    encoder = load_speaker_encoder(folder);
    options.encoder_identity = content_hash(SafeTensors::open_sharded(folder + "/speaker"));
  }
  if (p.count("cache")) options.cache_folder = p["cache"].as<std::string>();
  options.warp_semitones = warp_of(p, "warp");
  options.warp_formants = warp_of(p, "warp-formants");
  if (options.warp_semitones + options.warp_formants > 0 && !encoder) {
    fail(ErrorCode::kUsage,
         options.warp_semitones > 0 ? "--warp" : "--warp-formants",
         " makes further speakers; it needs --speaker-encoder");
  }
  AcousticData data =
      make_acoustic_data(corpus, alignments, codec, encoder.get(), options, symbol_table);
  for (const auto& [name, speaker] : data.speakers) {
    if (speaker.pseudo) continue;
    std::fprintf(stderr,
                 "%s: %s, F0 %.0f Hz, gain %+.1f dB\n",
                 name.c_str(),
                 data.languages.at(speaker.language).c_str(),
                 std::exp(speaker.statistics.log_f0_mean),
                 20 * std::log10(speaker.gain));
  }
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

void add_generator_options(cxxopts::Options& options) {
  using cxxopts::value;
  options.add_options()("codec", "folder of the codec", value<std::string>())(
      "type",
      "generators, separated by commas",
      value<std::vector<std::string>>()->default_value("parallel,flow"))(
      "order",
      "in which order `autoregressive` writes codes: coarse_first, delay or dual",
      value<std::string>()->default_value("coarse_first"))(
      "merged",
      "neighbouring frames of `autoregressive` that share a code of the first level and a step",
      value<int64_t>()->default_value("1"))(
      "pointer",
      "`autoregressive` learns to set durations itself, with a pointer over the symbols")(
      "scalars",
      "numbers per frame, each of nine values, that `flow` writes instead of latents; 0: latents",
      value<int64_t>()->default_value("0"))(
      "trunk",
      "what the velocity network of `flow` is built of: " + join(flow_trunks()),
      value<std::string>()->default_value("convnext"))(
      "semantic",
      "folder of `tts train semantic`: what `two_stage` writes first",
      value<std::string>())("set",
                            "TYPE.key=value, an option of a generator, or of the frame encoder "
                            "(encoder.key=value), other "
                            "than usual: flow.shortcut=true, encoder.dropout=0.1",
                            value<std::vector<std::string>>());
}

// Options that only some generators have a use for.
void check_types(const ParsedOptions& p, const std::vector<std::string>& types) {
  const std::vector<std::pair<const char*, const char*>> owners = {{"order", "autoregressive"},
                                                                   {"merged", "autoregressive"},
                                                                   {"pointer", "autoregressive"},
                                                                   {"scalars", "flow"},
                                                                   {"trunk", "flow"},
                                                                   {"semantic", "two_stage"}};
  for (const auto& [option, owner] : owners) {
    if (p.count(option) && !contains(types, owner))
      fail(ErrorCode::kUsage,
           "--",
           option,
           " is of the generator ",
           owner,
           "; --type is ",
           join(types));
  }
  if (contains(types, "two_stage") && !p.count("semantic"))
    fail(ErrorCode::kUsage, "--type two_stage needs --semantic, a folder of `tts train semantic`");
  if (p["merged"].as<int64_t>() > 1 && types.size() > 1)
    fail(ErrorCode::kUsage,
         "--merged changes the codes that are learnt; autoregressive must be trained alone then");
}

nlohmann::json generator_settings(const ParsedOptions& p, const std::vector<std::string>& types) {
  nlohmann::json settings = settings_from(p, "set");
  for (const auto& [key, value] : settings.items()) {
    const std::string type = key.substr(0, key.find('.'));
    if (type == key || !(type == "encoder" || contains(types, type)))
      fail(ErrorCode::kUsage,
           "--set ",
           key,
           ": not TYPE.key with encoder or a type of --type, ",
           join(types));
  }
  return settings;
}

// Networks and what they learn from, as the options say.
struct AcousticRun {
  AcousticData data;
  std::shared_ptr<FrameEncoder> encoder;
  std::vector<NamedGenerator> generators;
};

AcousticRun acoustic_run(const ParsedOptions& p) {
  const auto types = p["type"].as<std::vector<std::string>>();
  check_types(p, types);
  const nlohmann::json settings = generator_settings(p, types);
  AcousticDataOptions options;
  if (p.count("semantic")) {
    options.semantic = std::make_shared<const SemanticTokens>(
        SemanticTokens::load(p["semantic"].as<std::string>()));
  }
  const Corpus corpus = corpus_from(p);
  CodecModels models = load_codec(p["codec"].as<std::string>());
  options.codec_identity =
      content_hash(SafeTensors::open_sharded(p["codec"].as<std::string>() + "/codec"));
  AcousticRun run;
  run.data = data_from(p, corpus, &models.codec, options);
  torch::manual_seed(p["seed"].as<uint64_t>());
  run.encoder = new_frame_encoder(run.data, settings);
  run.generators = new_generators(types,
                                  run.data.train.at(0).latents.size(1),
                                  run.encoder,
                                  {p["order"].as<std::string>(),
                                   p["merged"].as<int64_t>(),
                                   p.count("pointer") > 0,
                                   p["scalars"].as<int64_t>(),
                                   p["trunk"].as<std::string>(),
                                   options.semantic ? options.semantic->entries() : 2,
                                   settings});
  merge_codes(*models.codec, p["merged"].as<int64_t>(), run.data);
  start_from(*models.codec, run.generators);
  if (p.count("init"))
    load_acoustic(p["init"].as<std::string>(), run.data, *run.encoder, run.generators);
  return run;
}

}  // namespace

int train_acoustic(int argc, char** argv) {
  cxxopts::Options options("tts train acoustic", "Trains generators on one shared frame encoder.");
  add_options(options);
  add_generator_options(options);
  options.add_options()("freeze-encoder",
                        "with --init: train the generators alone, on that frame encoder");
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out", "alignments", "codec"});
  AcousticTaskOptions task_settings = task_options(p);
  task_settings.freeze_encoder = p.count("freeze-encoder") > 0;
  const AcousticRun run = acoustic_run(p);
  AcousticTask task(run.encoder, run.generators, run.data, task_settings);
  std::fprintf(stderr, "padding %.1f %%\n", 100 * task.padding_share());
  LoopOptions loop = loop_options(p);
  loop.best_metric = "total";
  run_loop(task, loop);
  return 0;
}

int train_latents(int argc, char** argv) {
  using cxxopts::value;
  cxxopts::Options options("tts train latents",
                           "Writes what generators make of the training recordings at their own\n"
                           "durations to the file OUT, for `tts train codec --generated`.");
  add_options(options);
  add_generator_options(options);
  options.add_options()(
      "most", "recordings, spread over all", value<size_t>()->default_value("1500"));
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out", "alignments", "codec", "init"});
  const AcousticRun run = acoustic_run(p);
  run.encoder->eval();
  const GeneratedLatents latents =
      generate_latents(run.data, run.generators, p["most"].as<size_t>(), device_from(p));
  latents.save(p["out"].as<std::string>());
  std::fprintf(stderr, "%zu recordings written\n", latents.items.size());
  return 0;
}

namespace {

// With --init the symbols and languages are numbered as there.
AcousticData duration_data(const ParsedOptions& p, const Corpus& corpus) {
  if (!p.count("init")) return data_from(p, corpus, nullptr);
  const auto made_on = description_of(p["init"].as<std::string>(), "duration.json");
  const auto symbols =
      extended_symbols(made_on.at("symbols").get<std::vector<std::string>>(), corpus);
  AcousticData data = data_from(p, corpus, nullptr, {}, symbols);
  adopt_languages(made_on.value("languages", std::vector<std::string>{}), data);
  return data;
}

}  // namespace

int train_duration(int argc, char** argv) {
  cxxopts::Options options("tts train duration", "Trains a model of durations, F0 and energy.");
  add_options(options);
  options.add_options()("type",
                        join(duration_types()) + " (docs/durations.md)",
                        cxxopts::value<std::string>()->default_value("phoneme"))(
      "predictor",
      "of --type total: " + join(total_predictors()) + " (regression)",
      cxxopts::value<std::string>()->default_value(""));
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out", "alignments"});
  const AcousticTaskOptions task_settings = task_options(p);
  const Corpus corpus = corpus_from(p);
  const AcousticData data = duration_data(p, corpus);
  torch::manual_seed(p["seed"].as<uint64_t>());
  auto model =
      new_duration_model(data, p["type"].as<std::string>(), p["predictor"].as<std::string>());
  if (p.count("init")) load_duration(p["init"].as<std::string>(), data, *model);
  DurationTask task(model, data, task_settings);
  LoopOptions loop = loop_options(p);
  loop.best_metric = "total";  // it learns the training text by heart long before the time is up
  run_loop(task, loop);
  return 0;
}

}  // namespace tts
