#include "train/duration_pack.h"

#include <filesystem>

#include "core/error.h"
#include "core/join.h"
#include "train/json_file.h"
#include "train/voice_build.h"
#include "train/voice_pack.h"

namespace tts {
namespace {

struct TrainedDuration {
  std::string folder, type;
  nlohmann::json model, description;  // description: all of duration.json
};

std::vector<TrainedDuration> read_trained(const std::vector<std::string>& folders) {
  std::vector<TrainedDuration> out;
  for (const auto& folder : folders) {
    const auto description = read_json(folder + "/duration.json");
    const auto& model = description.at("model");
    const std::string type = model.at("type").get<std::string>();
    for (const auto& other : out) {
      if (other.type == type)
        fail(ErrorCode::kUsage, other.folder, " and ", folder, " are both of type \"", type, "\"");
    }
    out.push_back({folder, type, model, description});
  }
  if (out.empty()) fail(ErrorCode::kUsage, "no folder of `tts train duration` was given");
  return out;
}

std::string duration_stem(const std::string& voice, const std::string& name) {
  return voice + "/duration-" + name;
}

void pack(const TrainedDuration& trained, const std::string& stem) {
  pack_weights(trained.folder + "/duration", stem, SaveType::kInt8PerChannel);
}

void check_fits(const TrainedDuration& trained,
                const nlohmann::json& voice,
                const std::string& where) {
  for (const char* key : {"symbols", "languages"}) {
    if (trained.description.at(key) == voice.at(key)) continue;
    fail(ErrorCode::kInput,
         trained.folder,
         "/duration.json: \"",
         key,
         "\" are not those of ",
         where,
         "; train it on the same data, with --init if need be");
  }
}

// {"duration": …} → {"durations": {NAME: …}}
void name_single(nlohmann::json& voice, const std::string& name) {
  if (!voice.contains("duration")) return;
  voice["durations"][name] = voice["duration"];
  voice.erase("duration");
}

// The voices whose base this folder is.
std::vector<std::string> voices_on(const std::string& base) {
  namespace fs = std::filesystem;
  std::vector<std::string> out;
  const fs::path parent = fs::path(base).lexically_normal() / "..";
  for (const auto& entry : fs::directory_iterator(parent)) {
    const fs::path file = entry.path() / kVoiceFile;
    if (!fs::exists(file)) continue;
    const auto voice = read_json(file.string());
    if (!voice.contains("base")) continue;
    const fs::path own = entry.path() / voice.at("base").get<std::string>();
    std::error_code ignored;
    if (fs::equivalent(own, base, ignored)) out.push_back(file.string());
  }
  return out;
}

nlohmann::json corrections_of(const TrainedDuration& trained, const std::string& speaker) {
  nlohmann::json out = nlohmann::json::object();
  const auto& speakers = trained.description.at("speakers");
  if (!speakers.contains(speaker)) return out;
  for (const auto& [key, value] : speakers.at(speaker).items()) {
    if (value != trained.model.at(key)) out[key] = value;
  }
  return out;
}

}  // namespace

void pack_durations(const std::vector<std::string>& folders,
                    const std::string& default_duration,
                    const std::string& voice,
                    VoiceManifest& m) {
  const auto all = read_trained(folders);
  if (all.size() == 1) {
    m.duration = all[0].model;
    return pack(all[0], voice + "/duration");
  }
  for (const auto& trained : all) {
    m.durations[trained.type] = trained.model;
    pack(trained, duration_stem(voice, trained.type));
  }
  m.default_duration = m.durations.count(default_duration) ? default_duration : all[0].type;
}

void add_corrections(const std::vector<std::string>& folders,
                     const std::string& speaker,
                     const VoiceManifest& base,
                     nlohmann::json& voice) {
  for (const auto& trained : read_trained(folders)) {
    const auto changes = corrections_of(trained, speaker);
    if (changes.empty()) continue;
    if (base.durations.empty()) {
      voice["duration"] = changes;
    } else {
      voice["durations"][trained.type] = changes;
    }
  }
}

namespace {

// A voice's only model becomes one of several. → its name, "" where there were several before
std::string make_several(const std::string& voice, nlohmann::json& json) {
  if (!json.contains("duration")) return "";
  const std::string name = json.at("duration").at("type").get<std::string>();
  std::filesystem::rename(voice + "/duration.safetensors",
                          duration_stem(voice, name) + ".safetensors");
  name_single(json, name);
  json["default_duration"] = name;
  return name;
}

// What the voice will have.
std::vector<std::string> names_of(const nlohmann::json& voice,
                                  const std::vector<TrainedDuration>& added) {
  std::vector<std::string> out;
  if (voice.contains("duration")) out.push_back(voice.at("duration").at("type").get<std::string>());
  if (voice.contains("durations")) {
    for (const auto& item : voice.at("durations").items()) out.push_back(item.key());
  }
  for (const auto& trained : added) {
    if (!contains(out, trained.type)) out.push_back(trained.type);
  }
  return out;
}

void check_default(const std::string& name,
                   const std::vector<std::string>& known,
                   const std::string& file) {
  if (name.empty() || contains(known, name)) return;
  fail(ErrorCode::kUsage,
       "--default-duration is \"",
       name,
       "\", but ",
       file,
       " will have only: ",
       join(known));
}

void add_speakers_corrections(const std::vector<TrainedDuration>& all,
                              const std::string& single,
                              const std::string& voice_file) {
  nlohmann::json own = read_json(voice_file);
  name_single(own, single);
  for (const auto& trained : all) {
    const auto changes = corrections_of(trained, own.at("name").get<std::string>());
    if (!changes.empty()) own["durations"][trained.type] = changes;
  }
  write_json(voice_file, own);
}

}  // namespace

void add_durations(const std::vector<std::string>& folders,
                   const std::string& default_duration,
                   const std::string& voice) {
  const bool is_base = std::filesystem::exists(voice + "/" + kBaseFile);
  const std::string file = voice + "/" + (is_base ? kBaseFile : kVoiceFile);
  nlohmann::json json = read_json(file);
  if (json.contains("base"))
    fail(ErrorCode::kUsage, file, ": shares a base; add the models to that folder");
  const auto all = read_trained(folders);
  for (const auto& trained : all) check_fits(trained, json, file);
  check_default(default_duration, names_of(json, all), file);
  const std::string single = make_several(voice, json);
  for (const auto& trained : all) {
    json["durations"][trained.type] = trained.model;
    pack(trained, duration_stem(voice, trained.type));
  }
  if (!default_duration.empty()) json["default_duration"] = default_duration;
  write_json(file, json);
  if (!is_base) return;
  for (const auto& path : voices_on(voice)) add_speakers_corrections(all, single, path);
}

std::string packaged_duration_stem(const nlohmann::json& packaged,
                                   const nlohmann::json& model,
                                   const std::string& where) {
  if (!packaged.contains("durations")) return "duration";
  for (const char* key : {"type", "predictor"}) {
    const std::string name = model.value(key, "");
    if (packaged.at("durations").contains(name)) return "duration-" + name;
  }
  std::vector<std::string> known;
  for (const auto& item : packaged.at("durations").items()) known.push_back(item.key());
  fail(ErrorCode::kInput,
       where,
       ": has no durations of type \"",
       model.at("type").get<std::string>(),
       "\"; it has: ",
       join(known));
}

}  // namespace tts
