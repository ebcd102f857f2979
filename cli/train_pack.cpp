#include <cstdio>

#include "cli/train_options.h"
#include "core/error.h"
#include "train/voice_pack.h"

namespace tts {

int train_pack(int argc, char** argv) {
  using cxxopts::value;
  cxxopts::Options options(
      "tts train pack",
      "Writes weights in another precision: FROM and TO are paths without .safetensors.");
  options.add_options()("from", "weights to read", value<std::string>())(
      "to", "weights to write", value<std::string>())("type",
                                                      "float32, half or int8 (per output channel)",
                                                      value<std::string>()->default_value("int8"));
  options.parse_positional({"from", "to"});
  options.positional_help("FROM TO");
  const auto arguments = parse_train(options, argc, argv);
  if (arguments.help_shown) return 0;
  const auto& p = arguments.values;
  require_options(p, {"from", "to"});
  const std::map<std::string, SaveType> types = {{"float32", SaveType::kFloat32},
                                                 {"half", SaveType::kHalf},
                                                 {"int8", SaveType::kInt8PerChannel}};
  const auto type = types.find(p["type"].as<std::string>());
  if (type == types.end()) {
    fail(ErrorCode::kUsage,
         "--type is \"",
         p["type"].as<std::string>(),
         "\"; known: float32, half, int8");
  }
  pack_weights(p["from"].as<std::string>(), p["to"].as<std::string>(), type->second);
  return 0;
}

}  // namespace tts
