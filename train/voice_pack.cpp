#include "train/voice_pack.h"

#include <filesystem>
#include <map>

#include "analysis/energy.h"
#include "core/atomic_file.h"
#include "core/error.h"
#include "core/join.h"
#include "core/voice_manifest.h"
#include "train/duration_pack.h"
#include "train/json_file.h"

namespace tts {
namespace {

namespace fs = std::filesystem;

constexpr char kEncoderStem[] = "frame_encoder";

// What the acoustic folders hold together.
struct Acoustic {
  nlohmann::json json;                                   // of the first folder
  std::map<std::string, nlohmann::json> generators;      // by name
  std::map<std::string, std::string> generator_folders;  // by name
};

std::string encoder_hash(const std::string& folder) {
  return content_hash(SafeTensors::open_sharded(folder + "/" + kEncoderStem));
}

Acoustic read_acoustic(const std::vector<std::string>& folders) {
  Acoustic out;
  out.json = read_json(folders.at(0) + "/acoustic.json");
  const std::string encoder = encoder_hash(folders[0]);
  for (const auto& folder : folders) {
    const nlohmann::json json = read_json(folder + "/acoustic.json");
    for (const char* key : {"symbols", "languages"}) {
      if (json.at(key) != out.json.at(key))
        fail(ErrorCode::kUsage, folder, " has other ", key, " than ", folders[0]);
    }
    if (encoder_hash(folder) != encoder) {
      fail(ErrorCode::kUsage,
           folder,
           ": its frame encoder is not that of ",
           folders[0],
           "; train with --init ",
           folders[0],
           " --freeze-encoder");
    }
    for (const auto& [name, generator] : json.at("generators").items()) {
      const auto added = out.generator_folders.emplace(name, folder);
      if (!added.second)
        fail(ErrorCode::kUsage,
             "generator \"",
             name,
             "\" is in ",
             added.first->second,
             " and in ",
             folder);
      out.generators[name] = generator;
    }
  }
  return out;
}

// Integers per channel: half the size of half precision and inaudible (docs/training.md).
void pack_stage(const std::string& from, const std::string& to, const std::string& stem) {
  pack_weights(from + "/" + stem, to + "/" + stem, SaveType::kInt8PerChannel);
}

void set_speaker(VoiceManifest& m, const nlohmann::json& speaker) {
  m.statistics =
      statistics_from(Config(speaker.at("statistics"), "acoustic.json: speakers: statistics"));
  m.gain_db = voice_gain_db(m.statistics.energy_mean);
  m.speaker = speaker.value("speaker", std::vector<double>{});
}

// All but the speaker.
VoiceManifest manifest_of(const VoiceBuild& b, const Acoustic& acoustic, const std::string& out) {
  VoiceManifest m;
  m.name = b.name;
  m.languages = acoustic.json.at("languages").get<std::vector<std::string>>();
  m.symbols = acoustic.json.at("symbols").get<std::vector<std::string>>();
  m.codec_folder = fs::relative(b.codec, out).string();
  m.codec_identity = content_hash(SafeTensors::open(b.codec + "/codec.safetensors"));
  if (!b.speaker_encoder.empty()) {
    m.encoder_folder = fs::relative(b.speaker_encoder, out).string();
    m.encoder_identity =
        content_hash(SafeTensors::open(b.speaker_encoder + "/speaker.safetensors"));
  }
  m.frame_encoder = acoustic.json.at("frame_encoder");
  m.generators = {acoustic.generators.begin(), acoustic.generators.end()};
  m.default_generator =
      m.generators.count(b.default_generator) ? b.default_generator : m.generators.begin()->first;
  return m;
}

// A voice whose folder has networks keeps them: it needs no base.
bool has_networks(const std::string& folder) {
  return fs::exists(folder + "/" + kEncoderStem + ".safetensors");
}

// The speakers that get a voice.
std::vector<std::string> voices_of(const VoiceBuild& b, const nlohmann::json& speakers) {
  std::vector<std::string> known;
  for (const auto& [name, _] : speakers.items()) known.push_back(name);
  for (const auto& name : b.voices) {
    if (!speakers.contains(name))
      fail(ErrorCode::kUsage, "no speaker \"", name, "\" was trained on; known: ", join(known));
  }
  return b.voices.empty() ? known : b.voices;
}

// The small voices beside their base.
void write_speakers(const VoiceBuild& b,
                    const std::vector<std::string>& voices,
                    const nlohmann::json& speakers,
                    VoiceManifest base,
                    const std::string& out) {
  for (const auto& name : voices) {
    const nlohmann::json& speaker = speakers.at(name);
    const std::string folder = (fs::path(out) / ".." / name).lexically_normal().string();
    if (has_networks(folder)) continue;
    set_speaker(base, speaker);
    fs::create_directories(folder);
    nlohmann::json voice = {{"base", "../" + fs::path(out).filename().string()},
                            {"name", name},
                            {"language", speaker.at("language")},
                            {"gain_db", base.gain_db},
                            {"statistics", speaker.at("statistics")},
                            {"speaker", base.speaker}};
    add_corrections(b.durations, name, base, voice);
    write_json(folder + "/" + kVoiceFile, voice);
  }
}

}  // namespace

void pack_weights(const std::string& from_stem, const std::string& to_stem, SaveType type) {
  const SafeTensors weights = SafeTensors::open_sharded(from_stem);
  NamedTensors tensors;
  for (const auto& name : weights.names()) tensors.emplace_back(name, weights.get(name));
  save_sharded(to_stem, tensors, weights.metadata(), type);
}

void build_voice(const VoiceBuild& b, const std::string& out) {
  const Acoustic acoustic = read_acoustic(b.acoustic);
  const nlohmann::json& speakers = acoustic.json.at("speakers");
  const std::vector<std::string> voices = voices_of(b, speakers);
  fs::create_directories(out);
  VoiceManifest m = manifest_of(b, acoustic, out);
  pack_durations(b.durations, b.default_duration, out, m);
  pack_stage(b.acoustic.front(), out, kEncoderStem);
  for (const auto& [name, folder] : acoustic.generator_folders)
    pack_stage(folder, out, "generator-" + name);
  set_speaker(m, speakers.begin().value());
  if (speakers.size() == 1) {
    write_json(out + "/" + kVoiceFile, m.to_json());
    if (b.model_card.empty()) return;
    AtomicFile file(out + "/README.md");
    file.write(b.model_card);
    file.commit();
    return;
  }
  nlohmann::json base = m.to_json();
  for (const char* key : {"language", "speaker", "statistics", "gain_db"}) base.erase(key);
  write_json(out + "/" + kBaseFile, base);
  write_speakers(b, voices, speakers, m, out);
}

}  // namespace tts
