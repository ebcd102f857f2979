#include "engine/voice_files.h"

#include <filesystem>

#include "core/error.h"
#include "core/voice_manifest.h"
#include "engine/voice_search.h"

namespace tts {
namespace {

constexpr char kCodecPrefix[] = "codec/", kBasePrefix[] = "base/", kEncoderPrefix[] = "speaker/";

class FolderFiles : public VoiceFiles {
 public:
  explicit FolderFiles(std::string folder) : folder_(std::move(folder)) {}

  std::string place() const override {
    std::error_code ignored;
    return std::filesystem::canonical(folder_, ignored).string();
  }

  Config config(const std::string& name) const override {
    return Config::from_file(folder_ + "/" + name);
  }

  SafeTensors weights(const std::string& stem) const override {
    return SafeTensors::open_sharded(folder_ + "/" + stem);
  }

  std::unique_ptr<VoiceFiles> codec(const std::string& folder) const override {
    return folder_files(find_codec(folder_, folder));
  }

  std::unique_ptr<VoiceFiles> base(const std::string& folder) const override {
    return folder_files(find_base(folder_, folder));
  }

  std::unique_ptr<VoiceFiles> speaker_encoder(const std::string& folder) const override {
    return folder_files(find_speaker_encoder(folder_, folder));
  }

 private:
  std::string folder_;
};

class MemoryFiles : public VoiceFiles {
 public:
  using Files = std::map<std::string, std::string>;
  MemoryFiles(std::shared_ptr<const Files> files, std::string prefix)
      : files_(std::move(files)), prefix_(std::move(prefix)) {}

  std::string place() const override { return ""; }

  Config config(const std::string& name) const override {
    return Config::from_text(bytes(name), "memory: " + prefix_ + name);
  }

  SafeTensors weights(const std::string& stem) const override {
    const std::string start = prefix_ + stem;
    std::vector<SafeTensors> parts;
    for (const auto& [name, content] : *files_) {
      if (name == start + ".safetensors" ||
          name.compare(0, start.size() + 4, start + "-000") == 0) {
        parts.push_back(SafeTensors::from_memory(content, "memory: " + name));
      }
    }
    if (parts.empty()) bytes(stem + ".safetensors");
    return parts.size() == 1 ? std::move(parts[0]) : SafeTensors::merge(parts);
  }

  std::unique_ptr<VoiceFiles> codec(const std::string&) const override {
    return std::make_unique<MemoryFiles>(files_, kCodecPrefix);
  }

  std::unique_ptr<VoiceFiles> base(const std::string&) const override {
    return std::make_unique<MemoryFiles>(files_, kBasePrefix);
  }

  std::unique_ptr<VoiceFiles> speaker_encoder(const std::string&) const override {
    return std::make_unique<MemoryFiles>(files_, kEncoderPrefix);
  }

 private:
  const std::string& bytes(const std::string& name) const {
    const auto found = files_->find(prefix_ + name);
    if (found == files_->end()) {
      std::string given;
      for (const auto& item : *files_) given += (given.empty() ? "" : ", ") + item.first;
      fail(ErrorCode::kVoice, "memory: ", prefix_, name, ": is missing; given: ", given);
    }
    return found->second;
  }

  std::shared_ptr<const Files> files_;
  std::string prefix_;
};

}  // namespace

std::unique_ptr<VoiceFiles> folder_files(const std::string& folder) {
  return std::make_unique<FolderFiles>(folder);
}

nlohmann::json lay_over_base(nlohmann::json base, nlohmann::json changes) {
  if (base.contains("durations") && changes.contains("duration")) {
    const nlohmann::json single = changes.at("duration");
    changes.erase("duration");
    if (base.at("durations").contains("phoneme")) base["durations"]["phoneme"].merge_patch(single);
  }
  base.merge_patch(changes);
  return base;
}

nlohmann::json duration_section_of(const nlohmann::json& base) {
  return base.value(base.contains("durations") ? "durations" : "duration",
                    nlohmann::json::object());
}

VoiceSource open_source(std::unique_ptr<VoiceFiles> files) {
  VoiceSource out;
  Config config = files->config(kVoiceFile);
  if (!config.has("base")) {
    out.manifest = VoiceManifest::from(std::move(config));
    out.files = std::move(files);
    return out;
  }
  const std::string folder = config.text("base");
  out.files = files->base(folder);
  out.base = std::filesystem::path(folder).filename().string();
  nlohmann::json changes = config.json();
  changes.erase("base");
  const nlohmann::json base = out.files->config(kBaseFile).json();
  out.base_duration = duration_section_of(base);
  out.manifest = VoiceManifest::from({lay_over_base(base, changes), config.where()});
  return out;
}

std::unique_ptr<VoiceFiles> memory_files(std::map<std::string, std::string> files) {
  return std::make_unique<MemoryFiles>(std::make_shared<const MemoryFiles::Files>(std::move(files)),
                                       "");
}

}  // namespace tts
