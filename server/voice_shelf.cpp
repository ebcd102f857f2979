#include "server/voice_shelf.h"

#include "core/error.h"
#include "core/join.h"
#include "engine/dummy.h"
#include "engine/voice_file.h"
#include "engine/voice_search.h"

namespace tts {
namespace {

nlohmann::json entry(const std::string& name, bool standard) {
  return {{"id", name}, {"name", name}, {"object", "voice"}, {"default", standard}};
}

}  // namespace

VoiceShelf::VoiceShelf(const std::string& voice, const VoiceOptions& options) : options_(options) {
  const auto opened = Voice::open(voice, options);
  opened->generator("");  // the first request need not wait for its weights
  default_name_ = opened->manifest().name;
  open_[default_name_] = opened;
}

std::vector<std::string> VoiceShelf::names() const {
  std::vector<std::string> names = {default_name_};
  for (const FoundVoice& found : list_voices()) {
    if (found.name != default_name_) names.push_back(found.name);
  }
  return names;
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
  list.push_back(entry(default_name_, true));
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    list.back().update(description_of(open_.at(default_name_)->manifest()));
  }
  for (const FoundVoice& found : list_voices()) {
    if (found.name == default_name_) continue;
    nlohmann::json voice = entry(found.name, false);
    try {
      voice.update(description_of(open_found_voice(found.folder).manifest));
    } catch (const Error& e) {
      voice["error"] = e.what();  // a broken voice is shown, the others still work
    }
    list.push_back(std::move(voice));
  }
  return {{"voices", list}};
}

}  // namespace tts
