// The voices that the server can speak with, each loaded when first asked for and shared by all
// requests. Thread-safe.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/ear.h"
#include "engine/voice.h"
#include "server/voice_names.h"

namespace tts {

class VoiceShelf {
 public:
  // Loads the voice of requests that name none: a name, a folder or a file. Throws Error(kVoice),
  // and Error(kUsage) for an alias of a voice that is not there.
  VoiceShelf(const std::string& voice,
             const VoiceOptions& options,
             std::map<std::string, std::string> aliases);

  const std::string& default_name() const { return default_name_; }
  // The default voice and those of the search path. Requests name voices, never files.
  VoiceNames names() const;
  // `name` is one of those known. Throws Error(kVoice) when it cannot be loaded.
  std::shared_ptr<const Voice> open(const std::string& name);
  // What finds the words of prompts.
  std::shared_ptr<const Ear> ear();

  // {"voices": [{"id", "name", "aliases", "languages", "generators", …}]}
  nlohmann::json describe() const;

 private:
  nlohmann::json entry(const std::string& name) const;

  const VoiceOptions options_;
  const std::map<std::string, std::string> aliases_;
  std::string default_name_;
  mutable std::mutex mutex_;  // guards all below
  std::map<std::string, std::shared_ptr<const Voice>> open_;
  std::shared_ptr<const Ear> ear_;
};

}  // namespace tts
