#include "train/voice_build.h"

#include <algorithm>
#include <filesystem>

#include "analysis/energy.h"
#include "core/atomic_file.h"
#include "core/error.h"
#include "core/join.h"
#include "nn/safetensors.h"
#include "train/duration_pack.h"
#include "train/json_file.h"

namespace tts {
namespace {

namespace fs = std::filesystem;

// Integers per channel: half the size of half precision and inaudible (docs/training.md).
void pack_stage(const std::string& from, const std::string& to, const std::string& stem) {
  pack_weights(from + "/" + stem, to + "/" + stem, SaveType::kInt8PerChannel);
}

void write_text(const std::string& path, const std::string& text) {
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

void set_speaker(VoiceManifest& m, const nlohmann::json& speaker) {
  m.statistics =
      statistics_from(Config(speaker.at("statistics"), "acoustic.json: speakers: statistics"));
  m.gain_db = voice_gain_db(m.statistics.energy_mean);
  m.speaker = speaker.value("speaker", std::vector<double>{});
}

// No embedding for a single language: voices of one keep their size.
int64_t language_count(const AcousticData& data) {
  const auto count = static_cast<int64_t>(data.languages.size());
  return count > 1 ? count : 0;
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
    if (fs::exists(folder + "/" + packaged) && !fs::exists(folder + "/" + trainers_file))
      return read_json(folder + "/" + packaged);
  }
  return read_json(folder + "/" + trainers_file);
}

std::shared_ptr<FrameEncoder> new_frame_encoder(const AcousticData& data) {
  FrameEncoderOptions o;
  o.symbols = static_cast<int64_t>(data.symbol_table.size());
  o.languages = language_count(data);
  o.speaker_vector = data.speaker_vector;
  return std::make_shared<FrameEncoder>(o);
}

std::vector<NamedGenerator> new_generators(const std::vector<std::string>& types,
                                           int64_t latent,
                                           const std::shared_ptr<FrameEncoder>& encoder,
                                           const std::string& order) {
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
        {"infill", true}}},
      {"autoregressive",
       {{"type", "autoregressive"},
        {"codebooks", 8},
        {"entries", 1024},
        {"embedding", 64},
        {"order", order},
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
        {"code_noise", 0.05}}}};
  std::vector<NamedGenerator> out;
  for (const auto& type : types) {
    const auto size = sizes.find(type);
    nlohmann::json json = size == sizes.end() ? nlohmann::json{{"type", type}} : size->second;
    if (type == "autoregressive" && order == "coarse_first") json["refine_blocks"] = 3;
    if (type == "autoregressive" && order == "dual") json["chain_blocks"] = 2;
    out.push_back({type, make_generator(Config(json, "--type"), encoder)});
  }
  return out;
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

void pack_weights(const std::string& from_stem, const std::string& to_stem, SaveType type) {
  const SafeTensors weights = SafeTensors::open_sharded(from_stem);
  NamedTensors tensors;
  for (const auto& name : weights.names()) tensors.emplace_back(name, weights.get(name));
  save_sharded(to_stem, tensors, weights.metadata(), type);
}

void build_voice(const VoiceBuild& b, const std::string& out) {
  fs::create_directories(out);
  const auto acoustic = read_json(b.acoustic_folder + "/acoustic.json");
  const auto& speakers = acoustic.at("speakers");
  VoiceManifest m;
  m.name = b.name;
  m.languages = acoustic.at("languages").get<std::vector<std::string>>();
  m.symbols = acoustic.at("symbols").get<std::vector<std::string>>();
  m.codec_folder = b.codec_folder;
  m.codec_identity = content_hash(SafeTensors::open(b.codec_weights));
  if (!b.encoder_folder.empty()) {
    m.encoder_folder = b.encoder_folder;
    m.encoder_identity = content_hash(SafeTensors::open(b.encoder_weights));
  }
  pack_durations(b.duration_folders, b.default_duration, out, m);
  m.frame_encoder = acoustic.at("frame_encoder");
  for (const auto& g : acoustic.at("generators").items()) m.generators[g.key()] = g.value();
  m.default_generator =
      m.generators.count(b.default_generator) ? b.default_generator : m.generators.begin()->first;
  pack_stage(b.acoustic_folder, out, "frame_encoder");
  for (const auto& [name, json] : m.generators)
    pack_stage(b.acoustic_folder, out, "generator-" + name);
  set_speaker(m, speakers.begin().value());
  if (speakers.size() == 1) {
    write_json(out + "/" + kVoiceFile, m.to_json());
    if (!b.model_card.empty()) write_text(out + "/README.md", b.model_card);
    return;
  }
  nlohmann::json base = m.to_json();
  for (const char* key : {"language", "speaker", "statistics", "gain_db"}) base.erase(key);
  write_json(out + "/" + kBaseFile, base);
  for (const auto& [name, speaker] : speakers.items()) {
    set_speaker(m, speaker);
    const std::string folder = (fs::path(out) / ".." / name).lexically_normal().string();
    fs::create_directories(folder);
    nlohmann::json voice = {{"base", "../" + b.name},
                            {"name", name},
                            {"language", speaker.at("language")},
                            {"gain_db", m.gain_db},
                            {"statistics", speaker.at("statistics")},
                            {"speaker", m.speaker}};
    add_corrections(b.duration_folders, name, m, voice);
    write_json(folder + "/" + kVoiceFile, voice);
  }
}

}  // namespace tts
