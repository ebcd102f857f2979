#include <cstdio>
#include <filesystem>

#include "cli/train_options.h"
#include "core/error.h"
#include "train/duration_pack.h"
#include "train/voice_build.h"

namespace tts {

int train_package(int argc, char** argv) {
  using cxxopts::value;
  cxxopts::Options options("tts train package",
                           "Makes voices of what the trainers wrote: OUT is the voice, or with "
                           "several speakers the base\n"
                           "that they share, beside which each gets a folder of its own. Without "
                           "--acoustic OUT is there already\n"
                           "and gets further duration models.");
  options.add_options()("acoustic", "folder of `tts train acoustic`", value<std::string>())(
      "duration",
      "folder of `tts train duration`; several, of different types, separated by commas",
      value<std::vector<std::string>>())(
      "codec", "folder of the codec", value<std::string>()->default_value("voices/codec"))(
      "out", "folder of the voice or base", value<std::string>())(
      "speaker-encoder",
      "folder of the encoder that the speakers' vectors are of: another one is refused",
      value<std::string>())("default-generator",
                            "spoken with unless another is asked for",
                            value<std::string>()->default_value("flow"))(
      "default-duration",
      "type that sets the rhythm unless another is asked for (phoneme; of a voice that is there, "
      "what it has)",
      value<std::string>()->default_value(""));
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"duration", "out"});
  const std::filesystem::path out = p["out"].as<std::string>();
  const auto durations = p["duration"].as<std::vector<std::string>>();
  const std::string default_duration = p["default-duration"].as<std::string>();
  if (!p.count("acoustic")) {
    add_durations(durations, default_duration, out.string());
    std::fprintf(stderr, "%s is ready\n", out.c_str());
    return 0;
  }
  const std::string codec = p["codec"].as<std::string>();
  VoiceBuild build;
  build.name = out.filename().string();
  build.codec_folder = std::filesystem::relative(codec, out).string();
  build.codec_weights = codec + "/codec.safetensors";
  build.acoustic_folder = p["acoustic"].as<std::string>();
  build.duration_folders = durations;
  if (!default_duration.empty()) build.default_duration = default_duration;
  build.default_generator = p["default-generator"].as<std::string>();
  if (p.count("speaker-encoder")) {
    const std::string encoder = p["speaker-encoder"].as<std::string>();
    build.encoder_folder = std::filesystem::relative(encoder, out).string();
    build.encoder_weights = encoder + "/speaker.safetensors";
  }
  build_voice(build, out.string());
  std::fprintf(stderr, "%s is ready\n", out.c_str());
  return 0;
}

}  // namespace tts
