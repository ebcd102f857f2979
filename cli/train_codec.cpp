#include "cli/train_options.h"
#include "core/error.h"
#include "train/codec_task.h"

namespace tts {
namespace {

CodecTaskOptions crop_options(const ParsedOptions& p) {
  CodecTaskOptions o;
  o.batch = p["batch"].as<int64_t>();
  o.crop_frames = p["crop-frames"].as<int64_t>();
  o.warp_share = p["warp-share"].as<double>();
  o.commitment_weight = p["commitment"].as<double>();
  const bool codec_moves =
      p["stage"].as<std::string>() == "reconstruct" && !p.count("freeze-codec");
  o.contrast_weight = codec_moves ? 0 : 0.6;
  if (p.count("contrast")) o.contrast_weight = p["contrast"].as<double>();
  o.slow_weight = p["slow-contrast"].as<double>();
  o.device = device_from(p);
  return o;
}

int reconstruct(const ParsedOptions& p, CodecModels models, const Corpus& corpus) {
  CodecTaskOptions o = crop_options(p);
  const double rate = p.count("learning-rate") ? p["learning-rate"].as<double>() : 1e-3;
  o.optimiser = {rate, rate / 10, 80, 0.9, 0.99, 0.01, 3.0, 0.998};
  if (p.count("init")) o.quantise_from = -1;  // the codebooks are there already
  if (p.count("quantise-from")) o.quantise_from = p["quantise-from"].as<int64_t>();
  o.freeze_codec = p.count("freeze-codec") > 0;
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
      "freeze-codec",
      "with --init: train the vocoder alone, so that codes and latents stay as they are")(
      "discriminators",
      "folder with discriminators.safetensors to begin from",
      value<std::string>())("batch", "crops per step", value<int64_t>()->default_value("12"))(
      "crop-frames", "codec frames per crop", value<int64_t>()->default_value("32"))(
      "warp-share",
      "share of crops with changed pitch and formants",
      value<double>()->default_value("0.3"))("quantise-from",
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
      "learning-rate", "peak learning rate", value<double>())(
      "adversarial-weight",
      "share of the adversarial gradient",
      value<double>()->default_value("0.25"))(
      "warmup", "steps the discriminators learn alone", value<int64_t>()->default_value("300"));
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"data", "out"});
  const std::string stage = p["stage"].as<std::string>(), type = p["vocoder"].as<std::string>();
  if (stage != "reconstruct" && stage != "adversarial") {
    fail(ErrorCode::kUsage,
         "tts train codec: --stage is \"",
         stage,
         "\"; known: reconstruct, adversarial");
  }
  const Corpus corpus = corpus_from(p);
  torch::manual_seed(p["seed"].as<uint64_t>());
  CodecModels models = p.count("init") ? load_codec(p["init"].as<std::string>()) : new_codec(type);
  if (p.count("new-vocoder")) models.vocoder = new_codec(type).vocoder;
  return stage == "reconstruct" ? reconstruct(p, models, corpus) : adversarial(p, models, corpus);
}

}  // namespace tts
