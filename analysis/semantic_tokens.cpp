#include "analysis/semantic_tokens.h"

#include <filesystem>

#include "core/atomic_file.h"
#include "core/error.h"
#include "nn/safetensors.h"

namespace tts {
namespace {

constexpr char kMaskedPrediction[] = "masked_prediction", kRecogniser[] = "recogniser";
constexpr char kNetworkPrefix[] = "network.", kCentres[] = "centres";

SemanticSource source_from(Config& config) {
  const std::string name = config.choice("source", {kMaskedPrediction, kRecogniser});
  const Config network = config.section("network");
  if (name == kRecogniser) return semantic_source(Recogniser(RecogniserOptions::from(network)));
  return semantic_source(SemanticEncoder(SemanticEncoderOptions::from(network)));
}

// The table alone, as a module, so that it is checked as all weights are.
struct Centres : torch::nn::Module {
  Centres(int64_t entries, int64_t width)
      : table(register_buffer(kCentres, torch::zeros({entries, width}))) {}
  Tensor table;
};

}  // namespace

SemanticSource semantic_source(SemanticEncoder encoder) {
  return {
      kMaskedPrediction,
      encoder->options().to_json(),
      encoder.ptr(),
      [encoder](const Tensor& wave) mutable { return encoder->features(encoder->heard(wave)); }};
}

SemanticSource semantic_source(Recogniser recogniser) {
  return {kRecogniser,
          recogniser->options().to_json(),
          recogniser.ptr(),
          [recogniser](const Tensor& wave) mutable {
            return recogniser->hidden(recogniser->features(wave));
          }};
}

SemanticTokens SemanticTokens::load(const std::string& folder) {
  const std::string stem = folder + "/semantic";
  Config config = Config::from_file(stem + ".json");
  SemanticTokens out;
  out.source_ = source_from(config);
  Centres centres(config.integer("entries", 2, 65536), config.integer("width", 1, 4096));
  config.finish();
  const SafeTensors weights = SafeTensors::open_sharded(stem);
  load_into(*out.source_.network, weights, kNetworkPrefix);
  load_into(centres, weights, "table.");
  out.source_.network->eval();
  out.centres_ = centres.table;
  out.identity_ = content_hash(weights);
  const int64_t width = out.source_.options.at("channels").get<int64_t>();
  if (out.centres_.size(1) != width) {
    fail(ErrorCode::kVoice,
         stem,
         ".json: \"width\" is ",
         out.centres_.size(1),
         "; the network's features have ",
         width);
  }
  return out;
}

Tensor SemanticTokens::tokens(const Tensor& wave) const {
  torch::NoGradGuard no_grad;
  const Tensor heard = source_.hear(wave.unsqueeze(0))[0];  // [T, C]
  // |h − c|² without |h|², which is the same for all entries
  const Tensor lengths = centres_.square().sum(1).unsqueeze(0);
  return torch::addmm(lengths, heard, centres_.t(), 1, -2).argmin(1);
}

void save_semantic(const SemanticSource& source, const Tensor& centres, const std::string& folder) {
  std::filesystem::create_directories(folder);
  NamedTensors tensors = module_tensors(*source.network, kNetworkPrefix);
  tensors.emplace_back(std::string("table.") + kCentres, centres);
  save_sharded(folder + "/semantic", tensors, {}, SaveType::kHalf);
  AtomicFile file(folder + "/semantic.json");
  const nlohmann::json json = {{"source", source.name},
                               {"network", source.options},
                               {"entries", centres.size(0)},
                               {"width", centres.size(1)}};
  file.write(json.dump(1) + "\n");
  file.commit();
}

}  // namespace tts
