#include <cstdio>
#include <filesystem>

#include "cli/train_options.h"
#include "core/error.h"
#include "train/duration_pack.h"
#include "train/voice_pack.h"

namespace tts {
namespace {

void add_package_options(cxxopts::Options& options) {
  using cxxopts::value;
  options.add_options()(
      "acoustic",
      "folder of `tts train acoustic`; several of one frame encoder, separated by commas",
      value<std::vector<std::string>>())(
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
      value<std::string>()->default_value(""))(
      "voices",
      "of several speakers: those that get a voice, separated by commas (all)",
      value<std::vector<std::string>>());
}

}  // namespace

int train_package(int argc, char** argv) {
  cxxopts::Options options("tts train package",
                           "Makes voices of what the trainers wrote: OUT is the voice, or with "
                           "several speakers the base\n"
                           "that they share, beside which each gets a folder of its own. Without "
                           "--acoustic OUT is there already\n"
                           "and gets further duration models.");
  add_package_options(options);
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
  VoiceBuild build;
  build.name = out.filename().string();
  build.codec = p["codec"].as<std::string>();
  build.acoustic = p["acoustic"].as<std::vector<std::string>>();
  build.durations = durations;
  if (!default_duration.empty()) build.default_duration = default_duration;
  build.default_generator = p["default-generator"].as<std::string>();
  if (p.count("speaker-encoder")) build.speaker_encoder = p["speaker-encoder"].as<std::string>();
  if (p.count("voices")) build.voices = p["voices"].as<std::vector<std::string>>();
  build_voice(build, out.string());
  std::fprintf(stderr, "%s is ready\n", out.c_str());
  return 0;
}

}  // namespace tts
