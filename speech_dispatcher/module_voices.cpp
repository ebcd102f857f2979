#include "speech_dispatcher/module_voices.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/error.h"
#include "engine/voice_file.h"
#include "engine/voice_search.h"
#include "text/symbols.h"

namespace tts {
namespace {

bool is_of_family(const std::string& language, const std::string& wanted) {
  return language_family(language) == language_family(canonical_language(wanted));
}

// "en-us" → "en-US", as speech-dispatcher writes it.
std::string locale_of(std::string language) {
  for (size_t i = language.find('-'); i < language.size(); ++i)
    language[i] = ascii_upper(language[i]);
  return language;
}

}  // namespace

ModuleVoices::ModuleVoices(const ModuleConfig& config) {
  options_.threads = config.threads;
  const auto voice = Voice::open(config.voice, options_);
  known_.push_back({voice->manifest().name, voice->manifest().language});
  open_[known_[0].name] = voice;
  for (const FoundVoice& found : list_voices()) {
    if (found.name == known_[0].name || found.folder.empty()) continue;
    try {
      known_.push_back({found.name, open_voice_source(found.folder).manifest.language});
    } catch (const Error&) {
      continue;  // a broken voice; the others still speak
    }
  }
}

std::string ModuleVoices::name_of(const std::string& name, const std::string& language) const {
  for (const Entry& entry : known_) {
    if (entry.name == name) return name;
  }
  for (const Entry& entry : known_) {
    if (!language.empty() && is_of_family(entry.language, language)) return entry.name;
  }
  return known_.front().name;
}

std::shared_ptr<const Voice> ModuleVoices::find(const std::string& name,
                                                const std::string& language) {
  const std::string found = name_of(name, language);
  auto& voice = open_[found];
  if (voice == nullptr) voice = Voice::open(found, options_);
  return voice;
}

std::string ModuleVoices::list(const std::string& language, const std::string& variant) const {
  std::string out;
  if (!variant.empty() && variant != "none") return out;
  for (const Entry& entry : known_) {
    const std::string locale = locale_of(entry.language);
    const bool whole = canonical_language(language) == entry.language;
    const bool family =
        language.find('-') == language.npos && is_of_family(entry.language, language);
    if (language.empty() || whole || family)
      out += "200-" + entry.name + "\t" + locale + "\tnone\n";
  }
  return out;
}

}  // namespace tts
