// The voices that a module speaks with.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/voice.h"
#include "speech_dispatcher/module_config.h"

namespace tts {

class ModuleVoices {
 public:
  // Opens the configured voice. Throws Error(kVoice).
  explicit ModuleVoices(const ModuleConfig& config);

  // The voice of that name; for an unknown or no name one whose own language it is, else the
  // configured one. Opened when first asked for; for one thread.
  std::shared_ptr<const Voice> find(const std::string& name, const std::string& language);

  // "200-kerstin\tde\tnone\n" for each voice of the language, all for "".
  std::string list(const std::string& language, const std::string& variant) const;
  const std::string& first() const { return known_.front().name; }

 private:
  struct Entry {
    std::string name, language;
  };
  std::string name_of(const std::string& name, const std::string& language) const;

  VoiceOptions options_;
  std::vector<Entry> known_;  // the first is the configured one
  std::map<std::string, std::shared_ptr<const Voice>> open_;
};

}  // namespace tts
