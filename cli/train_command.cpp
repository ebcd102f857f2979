#include "cli/train_command.h"

#include <map>

#include "cli/description.h"
#include "cli/train_options.h"
#include "core/error.h"

namespace tts {

int train_command(int argc, char** argv) {
  static const std::map<std::string, int (*)(int, char**)> kinds = {
      {"prepare", train_prepare},
      {"codec", train_codec},
      {"quantiser", train_quantiser},
      {"aligner", train_aligner},
      {"duration", train_duration},
      {"acoustic", train_acoustic},
      {"speaker", train_speaker},
      {"recogniser", train_recogniser},
      {"semantic", train_semantic},
      {"latents", train_latents},
      {"pack", train_pack},
      {"package", train_package},
      {"voice", train_voice}};
  std::string known;
  for (const auto& [name, run] : kinds) known += (known.empty() ? "" : ", ") + name;
  if (argc < 2) fail(ErrorCode::kUsage, "tts train: say what to train; known: ", known);
  const std::string kind = argv[1];
#ifndef TTS_TRAIN_ONLY
  if (is_described() && argc == 2) {
    Description description{"tts train", {}, {}, ""};
    for (const auto& [name, run] : kinds) description.actions.push_back(name);
    throw description;
  }
#endif
  if (kind == "-h" || kind == "--help") {
    std::printf(
        "tts train KIND [options]; KIND is one of: %s\nEach has its own --help. See "
        "docs/training.md.\n",
        known.c_str());
    return 0;
  }
  const auto found = kinds.find(kind);
  if (found == kinds.end())
    fail(ErrorCode::kUsage, "tts train: \"", kind, "\" is not known; known: ", known);
  return found->second(argc - 1, argv + 1);
}

}  // namespace tts
