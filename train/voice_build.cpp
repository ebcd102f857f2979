#include "train/voice_build.h"

#include <cmath>
#include <filesystem>
#include <fstream>

#include "core/atomic_file.h"
#include "core/error.h"
#include "nn/safetensors.h"

namespace tts {
namespace {

namespace fs = std::filesystem;

nlohmann::json read_json(const std::string& path) {
  std::ifstream in(path);
  if (!in) fail(ErrorCode::kInput, path, ": is not there; train that stage first");
  return nlohmann::json::parse(in);
}

// Integers per channel: half the size of half precision and inaudible (docs/training.md).
void pack_stage(const std::string& from, const std::string& to, const std::string& stem) {
  pack_weights(from + "/" + stem, to + "/" + stem, SaveType::kInt8PerChannel);
}

void write_text(const std::string& path, const std::string& text) {
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

// Speech at about -22 dBFS while it sounds, whatever the level of the recordings.
double gain_for(const VoiceStatistics& s) {
  const double level_db =
      20 / M_LN10 * s.energy_mean + 2;  // the mean of the log lies below the log of the mean
  return std::round(10 * (-22 - level_db)) / 10;
}

}  // namespace

std::shared_ptr<FrameEncoder> new_frame_encoder(int64_t symbols) {
  FrameEncoderOptions o;
  o.symbols = symbols;
  return std::make_shared<FrameEncoder>(o);
}

std::vector<NamedGenerator> new_generators(const std::vector<std::string>& types,
                                           int64_t latent,
                                           const std::shared_ptr<FrameEncoder>& encoder) {
  const std::map<std::string, nlohmann::json> sizes = {
      {"parallel", {{"type", "parallel"}, {"latent", latent}, {"blocks", 4}, {"dropout", 0.2}}},
      {"flow",
       {{"type", "flow"},
        {"latent", latent},
        {"mean_blocks", 2},
        {"channels", 224},
        {"blocks", 6},
        {"dropout", 0.2},
        {"condition_dropout", 0.1}}}};
  std::vector<NamedGenerator> out;
  for (const auto& type : types) {
    const auto size = sizes.find(type);
    const nlohmann::json json = size == sizes.end() ? nlohmann::json{{"type", type}} : size->second;
    out.push_back({type, make_generator(Config(json, "--type"), encoder)});
  }
  return out;
}

std::shared_ptr<PhonemeDuration> new_duration_model(const AcousticData& data) {
  PhonemeDurationOptions o;
  o.symbols = static_cast<int64_t>(data.symbol_table.size());
  o.log_f0_mean = data.statistics.log_f0_mean;
  o.log_f0_deviation = data.statistics.log_f0_deviation;
  return std::make_shared<PhonemeDuration>(o);
}

void load_acoustic(const std::string& folder,
                   FrameEncoder& encoder,
                   const std::vector<NamedGenerator>& generators) {
  load_into(encoder, SafeTensors::open_sharded(folder + "/frame_encoder"));
  for (const auto& g : generators)
    load_into(*g.generator, SafeTensors::open_sharded(folder + "/generator-" + g.name));
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
  VoiceManifest m;
  m.name = b.name;
  m.languages = {b.language};
  m.gain_db = gain_for(b.statistics);
  m.symbols = acoustic.at("symbols").get<std::vector<std::string>>();
  m.codec_folder = b.codec_folder;
  m.codec_identity = content_hash(SafeTensors::open(b.codec_weights));
  m.statistics = b.statistics;
  m.duration = read_json(b.duration_folder + "/duration.json");
  m.frame_encoder = acoustic.at("frame_encoder");
  for (const auto& g : acoustic.at("generators").items()) m.generators[g.key()] = g.value();
  m.default_generator =
      m.generators.count(b.default_generator) ? b.default_generator : m.generators.begin()->first;
  pack_stage(b.duration_folder, out, "duration");
  pack_stage(b.acoustic_folder, out, "frame_encoder");
  for (const auto& [name, json] : m.generators)
    pack_stage(b.acoustic_folder, out, "generator-" + name);
  write_text(out + "/" + kVoiceFile, m.to_json().dump(1) + "\n");
  if (!b.model_card.empty()) write_text(out + "/README.md", b.model_card);
}

}  // namespace tts
