#include "server/voice_shelf.h"

#include "core/error.h"
#include "core/join.h"
#include "engine/dummy.h"
#include "engine/voice_file.h"
#include "engine/voice_search.h"

namespace tts {

VoiceShelf::VoiceShelf(const std::string& voice,
                       const VoiceOptions& options,
                       std::map<std::string, std::string> aliases)
    : options_(options), aliases_(std::move(aliases)) {
  const auto opened = Voice::open(voice, options);
  opened->generator("");  // the first request need not wait for its weights
  default_name_ = opened->manifest().name;
  open_[default_name_] = opened;
  const VoiceNames names = this->names();
  for (const auto& [alias, name] : aliases_) {
    if (!contains(names.known, name))
      fail(ErrorCode::kUsage,
           "--voice-alias ",
           alias,
           "=",
           name,
           ": there is no voice \"",
           name,
           "\"; known: ",
           join(names.known));
  }
}

VoiceNames VoiceShelf::names() const {
  VoiceNames names = {{default_name_}, aliases_};
  for (const FoundVoice& found : list_voices()) {
    if (found.name != default_name_) names.known.push_back(found.name);
  }
  return names;
}

nlohmann::json VoiceShelf::entry(const std::string& name) const {
  nlohmann::json aliases = nlohmann::json::array();
  for (const auto& [alias, voice] : aliases_) {
    if (voice == name) aliases.push_back(alias);
  }
  return {{"id", name},
          {"name", name},
          {"object", "voice"},
          {"default", name == default_name_},
          {"aliases", aliases}};
}

std::shared_ptr<const Voice> VoiceShelf::open(const std::string& name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto& voice = open_[name];
  if (voice == nullptr) voice = Voice::open(name, options_);
  return voice;
}

std::shared_ptr<const Ear> VoiceShelf::ear() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (ear_ == nullptr) ear_ = Ear::open();
  return ear_;
}

nlohmann::json VoiceShelf::describe() const {
  nlohmann::json list = nlohmann::json::array();
  list.push_back(entry(default_name_));
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    list.back().update(description_of(open_.at(default_name_)->manifest()));
  }
  for (const FoundVoice& found : list_voices()) {
    if (found.name == default_name_) continue;
    nlohmann::json voice = description_of(found);
    voice.erase("folder");  // the server's
    voice.update(entry(found.name));
    list.push_back(std::move(voice));
  }
  return {{"voices", list}};
}

}  // namespace tts
