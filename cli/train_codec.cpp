#include "cli/train_options.h"
#include "core/error.h"
#include "train/codec_task.h"

namespace tts {
namespace {

CodecTaskOptions crop_options(const ParsedOptions& p) {
  CodecTaskOptions o;
  o.batch = p["batch"].as<int64_t>();
  o.crop_frames = p["crop-frames"].as<int64_t>();
  o.warp_share = share_of(p, "warp-share");
  o.band_share = share_of(p, "band-share");
  o.balance = share_of(p, "balance");
  o.commitment_weight = p["commitment"].as<double>();
  o.f0_weight = p["f0-weight"].as<double>();
  const bool codec_moves =
      p["stage"].as<std::string>() == "reconstruct" && !p.count("freeze-codec");
  o.contrast_weight = codec_moves ? 0 : 0.6;
  if (p.count("contrast")) o.contrast_weight = p["contrast"].as<double>();
  o.slow_weight = p["slow-contrast"].as<double>();
  o.device = device_from(p);
  return o;
}

CodecModels models_from(const ParsedOptions& p) {
  const std::string type = p["vocoder"].as<std::string>();
  nlohmann::json changes = nlohmann::json::object();
  const bool is_new = !p.count("init") || p.count("new-vocoder");
  if (p.count("set")) {
    if (!is_new)
      fail(ErrorCode::kUsage,
           "--set shapes a new vocoder; that of --init stays without --new-vocoder");
    changes = settings_from(p, "set");
  }
  CodecModels models =
      p.count("init") ? load_codec(p["init"].as<std::string>()) : new_codec(type, changes);
  if (p.count("init") && is_new) models.vocoder = new_codec(type, changes).vocoder;
  if (p.count("band-aware")) models.codec->set_band_aware(true);
  return models;
}

std::shared_ptr<Vocoder> teacher_from(const ParsedOptions& p,
                                      bool codec_is_frozen,
                                      const Vocoder& pupil) {
  if (!codec_is_frozen)
    fail(ErrorCode::kUsage, "--teacher answers on latents that stay; it needs --freeze-codec");
  const std::string folder = p["teacher"].as<std::string>();
  auto teacher = load_codec(folder).vocoder;
  for (const Vocoder* one : {static_cast<const Vocoder*>(teacher.get()), &pupil}) {
    const std::string type = one->to_json()["type"];
    if (type != "source_filter")
      fail(ErrorCode::kUsage,
           "--teacher ",
           folder,
           ": only filters of source_filter can be learnt; one is ",
           type);
  }
  return teacher;
}

int reconstruct(const ParsedOptions& p, CodecModels models, const Corpus& corpus) {
  CodecTaskOptions o = crop_options(p);
  const double rate = p.count("learning-rate") ? p["learning-rate"].as<double>() : 1e-3;
  o.optimiser = {rate, rate / 10, 80, 0.9, 0.99, 0.01, 3.0, 0.998};
  if (p.count("init")) o.quantise_from = -1;  // the codebooks are there already
  if (p.count("quantise-from")) o.quantise_from = p["quantise-from"].as<int64_t>();
  o.freeze_codec = p.count("freeze-codec") > 0;
  o.recogniser_weight = p["recogniser-weight"].as<double>();
  if (o.recogniser_weight > 0) {
    const std::string ear = p.count("ear") ? p["ear"].as<std::string>() : shipped_folder("ear");
    o.recognition = std::make_shared<RecognitionLoss>(load_recogniser(ear), o.device);
  }
  if (p.count("teacher")) o.teacher = teacher_from(p, o.freeze_codec, *models.vocoder);
  o.teacher_weight = p["teacher-weight"].as<double>();
  if (p.count("generated")) {
    if (!o.freeze_codec)
      fail(ErrorCode::kUsage, "--generated teaches the vocoder alone; it needs --freeze-codec");
    o.generated = std::make_shared<GeneratedLatents>(
        GeneratedLatents::from_file(p["generated"].as<std::string>()));
  }
  ReconstructTask task(models, corpus, o);
  run_loop(task, loop_options(p));
  return 0;
}

int adversarial(const ParsedOptions& p, CodecModels models, const Corpus& corpus) {
  AdversarialOptions o;
  o.crops = crop_options(p);
  const double rate = p.count("learning-rate") ? p["learning-rate"].as<double>() : 2e-4;
  o.crops.optimiser = {rate, rate / 4, 50, 0.8, 0.99, 0.01, 3.0, 0.999};
  o.discriminator = {1e-3, 3e-4, 50, 0.8, 0.99, 0.01, 10.0, 0};
  o.adversarial_weight = p["adversarial-weight"].as<double>();
  o.warmup_steps = p["warmup"].as<int64_t>();
  o.discriminators_per_step = p["discriminators-per-step"].as<int64_t>();
  if (o.discriminators_per_step < 0)
    fail(ErrorCode::kUsage, "--discriminators-per-step must be a number from 0");
  AdversarialTask task(models, corpus, o);
  if (p.count("discriminators")) task.load_discriminators(p["discriminators"].as<std::string>());
  run_loop(task, loop_options(p));
  return 0;
}

}  // namespace

int train_codec(int argc, char** argv) {
  using cxxopts::value;
  cxxopts::Options options("tts train codec", "Trains the codec and its vocoder.");
  add_trainer_options(options);
  options.add_options()(
      "stage", "reconstruct or adversarial", value<std::string>()->default_value("reconstruct"))(
      "vocoder", "type of a new vocoder", value<std::string>()->default_value("source_filter"))(
      "init", "folder of codec weights to begin from", value<std::string>())(
      "new-vocoder", "with --init: keep the codec, begin a new vocoder of type --vocoder")(
      "set",
      "key=value, an option of the new vocoder other than usual: channels=256, "
      "lookahead_50hz=[2,1,0], lookahead_100hz=[0,0]",
      value<std::vector<std::string>>())(
      "teacher",
      "codec folder whose vocoder's filters the new one learns besides; needs --freeze-codec",
      value<std::string>())(
      "recogniser-weight",
      "of the difference between what a recogniser hears in the output and in the recording",
      value<double>()->default_value("0"))(
      "ear", "folder of that recogniser (default: the shipped one)", value<std::string>())(
      "teacher-weight", "of --teacher's distance", value<double>()->default_value("1"))(
      "freeze-codec",
      "with --init: train the vocoder alone, so that codes and latents stay as they are")(
      "discriminators",
      "folder with discriminators.safetensors to begin from",
      value<std::string>())("batch", "crops per step", value<int64_t>()->default_value("12"))(
      "crop-frames", "codec frames per crop", value<int64_t>()->default_value("32"))(
      "warp-share",
      "share of crops with changed pitch and formants",
      value<double>()->default_value("0.3"))(
      "band-aware",
      "the encoder takes the recordings' band limits, and learns to say the whole band of those "
      "that end early; with --init of a codec that does not, it learns that from there")(
      "band-share",
      "share of crops of which a band-aware encoder hears the lower part alone",
      value<double>()->default_value("0.3"))(
      "balance",
      "a speaker's share of the crops is minutes ^ balance: 1 as they come, 0 all alike",
      value<double>()->default_value("1"))("quantise-from",
                                           "step at which the codebooks start anew from real "
                                           "frames (default: 250; with --init they stay)",
                                           value<int64_t>())(
      "commitment",
      "weight of what quantising leaves over: more makes latents of fewer dimensions",
      value<double>()->default_value("0.25"))("contrast",
                                              "weight of the difference in sharpness of the "
                                              "spectra (default: 0.6 where the codec is frozen, "
                                              "else 0)",
                                              value<double>())(
      "generated",
      "latents of `tts train latents`, with --freeze-codec: half of each batch, on contrasts alone",
      value<std::string>())("slow-contrast",
                            "weight, within --contrast, of how much each band varies over time",
                            value<double>()->default_value("1"))(
      "f0-weight",
      "weight of the error in what the vocoder reads of F0 and voicing",
      value<double>()->default_value("0.05"))(
      "learning-rate", "peak learning rate", value<double>())(
      "adversarial-weight",
      "share of the adversarial gradient",
      value<double>()->default_value("0.25"))("discriminators-per-step",
                                              "how many of the discriminators, drawn anew each "
                                              "time, take part in a step: they cost most of "
                                              "it; 0 is all",
                                              value<int64_t>()->default_value("0"))(
      "warmup", "steps the discriminators learn alone", value<int64_t>()->default_value("300"));
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out"});
  const std::string stage = p["stage"].as<std::string>();
  if (stage != "reconstruct" && stage != "adversarial") {
    fail(ErrorCode::kUsage,
         "tts train codec: --stage is \"",
         stage,
         "\"; known: reconstruct, adversarial");
  }
  const Corpus corpus = corpus_from(p);
  torch::manual_seed(p["seed"].as<uint64_t>());
  CodecModels models = models_from(p);
  return stage == "reconstruct" ? reconstruct(p, models, corpus) : adversarial(p, models, corpus);
}

}  // namespace tts
