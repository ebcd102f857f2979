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

namespace tts {

class VoiceShelf {
 public:
  // Loads the voice of requests that name none: a name, a folder or a file. Throws Error(kVoice).
  VoiceShelf(const std::string& voice, const VoiceOptions& options);

  const std::string& default_name() const { return default_name_; }
  // The default voice and those of the search path. Requests name voices, never files.
  std::vector<std::string> names() const;
  // `name` is one of names(). Throws Error(kVoice) when it cannot be loaded.
  std::shared_ptr<const Voice> open(const std::string& name);
  // What finds the words of prompts.
  std::shared_ptr<const Ear> ear();

  // {"voices": [{"id", "name", "languages", "generators", …}]}
  nlohmann::json describe() const;

 private:
  const VoiceOptions options_;
  std::string default_name_;
  mutable std::mutex mutex_;  // guards all below
  std::map<std::string, std::shared_ptr<const Voice>> open_;
  std::shared_ptr<const Ear> ear_;
};

}  // namespace tts
