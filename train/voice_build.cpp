#include "train/voice_build.h"

#include <algorithm>
#include <filesystem>

#include "core/error.h"
#include "core/join.h"
#include "nn/safetensors.h"
#include "train/duration_pack.h"
#include "train/json_file.h"

namespace tts {
namespace {

constexpr int64_t kSpeakerWidth = 128;

// No embedding for a single language: voices of one keep their size.
int64_t language_count(const AcousticData& data) {
  const auto count = static_cast<int64_t>(data.languages.size());
  return count > 1 ? count : 0;
}

// What "TYPE.key" says of this type.
void apply_settings(const nlohmann::json& settings, const std::string& type, nlohmann::json& json) {
  const std::string start = type + ".";
  for (const auto& [key, value] : settings.items()) {
    if (key.rfind(start, 0) == 0) json[key.substr(start.size())] = value;
  }
}

// Rows of an embedding in the order of `names`; those that `old_names` lacks stay as they are.
void load_rows(Tensor to,
               const Tensor& from,
               const std::vector<std::string>& names,
               const std::vector<std::string>& old_names) {
  for (size_t i = 0; i < names.size(); ++i) {
    const auto found = std::find(old_names.begin(), old_names.end(), names[i]);
    if (found != old_names.end())
      to[static_cast<int64_t>(i)].copy_(from[found - old_names.begin()]);
  }
}

// Weights of a network trained on other symbols and languages; parts that it did not have yet
// begin fresh.
void load_known(torch::nn::Module& module,
                const std::string& folder,
                const std::string& stem,
                const nlohmann::json& made_on,
                const AcousticData& data) {
  torch::NoGradGuard no_grad;
  const SafeTensors weights = SafeTensors::open_sharded(folder + "/" + stem);
  const auto old_symbols = made_on.at("symbols").get<std::vector<std::string>>();
  const auto old_languages = made_on.value("languages", std::vector<std::string>{});
  const auto known = weights.names();
  for (auto& [name, tensor] : module_tensors(module)) {
    // A model that another holds may begin from its own training: both know it by its own names.
    const std::string inner = name.compare(0, 6, "model.") == 0 ? name.substr(6) : name;
    const std::string& stored = contains(known, name) ? name : inner;
    if (!contains(known, stored)) continue;
    const Tensor from = weights.get(stored);
    if (inner == "symbol.weight" || inner == "usual_log_duration") {
      load_rows(tensor, from, data.symbol_table, old_symbols);
    } else if (inner == "language.weight" || (inner == "rate" && data.languages.size() > 1)) {
      load_rows(tensor, from, data.languages, old_languages);
    } else if (tensor.sizes() == from.sizes()) {
      tensor.copy_(from);
    } else {
      fail(ErrorCode::kVoice,
           folder,
           "/",
           stem,
           ": ",
           name,
           " has another size than the new network");
    }
  }
}

}  // namespace

nlohmann::json description_of(const std::string& folder, const std::string& trainers_file) {
  for (const char* packaged : {kVoiceFile, kBaseFile}) {
    if (std::filesystem::exists(folder + "/" + packaged) &&
        !std::filesystem::exists(folder + "/" + trainers_file))
      return read_json(folder + "/" + packaged);
  }
  return read_json(folder + "/" + trainers_file);
}

std::shared_ptr<FrameEncoder> new_frame_encoder(const AcousticData& data,
                                                const nlohmann::json& settings) {
  FrameEncoderOptions o;
  o.symbols = static_cast<int64_t>(data.symbol_table.size());
  o.languages = language_count(data);
  o.speaker_vector = data.speaker_vector;
  if (o.speaker_vector > 0) o.speaker_width = kSpeakerWidth;
  nlohmann::json json = o.to_json();
  apply_settings(settings, "encoder", json);
  return std::make_shared<FrameEncoder>(FrameEncoderOptions::from(Config(json, "encoder")));
}

std::vector<NamedGenerator> new_generators(const std::vector<std::string>& types,
                                           int64_t latent,
                                           const std::shared_ptr<FrameEncoder>& encoder,
                                           const GeneratorForm& form) {
  const std::map<std::string, nlohmann::json> sizes = {
      {"parallel", {{"type", "parallel"}, {"latent", latent}, {"blocks", 4}, {"dropout", 0.2}}},
      {"flow",
       {{"type", "flow"},
        {"latent", latent},
        {"mean_blocks", 2},
        {"channels", 224},
        {"blocks", 6},
        {"dropout", 0.2},
        {"condition_dropout", 0.1},
        {"infill", true},
        {"trunk", form.trunk}}},
      {"autoregressive",
       {{"type", "autoregressive"},
        {"codebooks", 8},
        {"entries", 1024},
        {"embedding", 64},
        {"order", form.order},
        {"condition_blocks", 2},
        {"channels", 192},
        {"heads", 4},
        {"blocks", 4},
        {"dropout", 0.2},
        {"condition_dropout", 0.1},
        {"code_noise", 0.1},
        {"code_mask", 0.2}}},
      {"masked",
       {{"type", "masked"},
        {"codebooks", 8},
        {"entries", 1024},
        {"embedding", 64},
        {"condition_blocks", 2},
        {"channels", 256},
        {"blocks", 6},
        {"fine_blocks", 4},
        {"dropout", 0.2},
        {"condition_dropout", 0.1},
        {"code_noise", 0.05}}},
      {"two_stage",
       {{"type", "two_stage"},
        {"codebooks", 8},
        {"entries", 1024},
        {"embedding", 64},
        {"semantic_entries", form.semantic_entries},
        {"semantic_channels", 192},
        {"semantic_blocks", 4},
        {"heads", 4},
        {"condition_blocks", 1},
        {"channels", 208},
        {"blocks", 4},
        {"dropout", 0.2},
        {"condition_dropout", 0.1},
        {"code_noise", 0.05}}}};
  std::vector<NamedGenerator> out;
  for (const auto& type : types) {
    const auto size = sizes.find(type);
    nlohmann::json json = size == sizes.end() ? nlohmann::json{{"type", type}} : size->second;
    if (type == "autoregressive" && form.order == "coarse_first") json["refine_blocks"] = 3;
    if (type == "autoregressive" && form.order == "dual") json["chain_blocks"] = 2;
    if (type == "autoregressive" && form.merged > 1) json["merged"] = form.merged;
    if (type == "autoregressive" && form.pointer) json["pointer"] = true;
    if (type == "flow" && form.scalars > 0)
      json.update({{"scalars", form.scalars}, {"scalar_steps", 4}});
    if (type == "flow" && form.trunk == "transformer") json["heads"] = 4;
    apply_settings(form.settings, type, json);
    out.push_back({type, make_generator(Config(json, "--type"), encoder)});
  }
  return out;
}

void merge_codes(CodecImpl& codec, int64_t merged, AcousticData& data) {
  if (merged == 1) return;
  torch::NoGradGuard no_grad;
  for (auto* items : {&data.train, &data.validation}) {
    for (auto& item : *items) {
      const Tensor latents = codec.decode(item.codes.to(torch::kLong).unsqueeze(0));
      item.codes = codec.quantiser()->encode(latents, merged).squeeze(0).to(item.codes.dtype());
    }
  }
}

void start_from(CodecImpl& codec, const std::vector<NamedGenerator>& generators) {
  torch::NoGradGuard no_grad;
  const Tensor meanings = codec.code_meanings();
  for (const auto& g : generators) g.generator->start_from(meanings);
}

void load_acoustic(const std::string& folder,
                   const AcousticData& data,
                   FrameEncoder& encoder,
                   const std::vector<NamedGenerator>& generators) {
  const auto made_on = description_of(folder, "acoustic.json");
  load_known(encoder, folder, "frame_encoder", made_on, data);
  for (const auto& g : generators) {
    if (made_on.at("generators").contains(g.name))
      load_known(*g.generator, folder, "generator-" + g.name, made_on, data);
  }
}

void load_duration(const std::string& folder, const AcousticData& data, DurationModel& model) {
  const auto made_on = description_of(folder, "duration.json");
  const std::string stem = packaged_duration_stem(made_on, model.to_json(), folder);
  load_known(model, folder, stem, made_on, data);
}

std::shared_ptr<SpeakerEncoder> load_speaker_encoder(const std::string& folder) {
  auto encoder = std::make_shared<SpeakerEncoder>(
      SpeakerEncoderOptions::from(Config::from_file(folder + "/speaker.json")));
  load_into(**encoder, SafeTensors::open_sharded(folder + "/speaker"));
  (*encoder)->eval();
  return encoder;
}

}  // namespace tts
