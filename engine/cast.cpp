#include "engine/cast.h"

#include <algorithm>
#include <set>

#include "core/error.h"
#include "core/join.h"
#include "engine/synthesizer.h"
#include "engine/voice_file.h"
#include "text/symbols.h"

namespace tts {
namespace {

bool is_native(const VoiceManifest& manifest, const std::string& language) {
  return language_family(manifest.language) == language_family(language);
}

std::string key_of(const SsmlVoice& wanted) {
  return join(wanted.names) + "; " + join(wanted.languages);
}

// A voice whose own language it is, or else `own`, if it knows the language at all.
std::string name_by_language(const SsmlVoice& wanted, const VoiceManifest& own) {
  for (const std::string& written : wanted.languages) {
    const std::string language = canonical_language(written);
    if (is_native(own, language)) return own.name;
    for (const FoundVoice& found : list_voices()) {
      if (found.folder.empty()) continue;  // the dummy
      try {
        if (is_native(open_voice_source(found.folder).manifest, language)) return found.name;
      } catch (const Error&) {
        continue;  // a broken voice; the others still speak
      }
    }
    if (own.language_id(language) >= 0) return own.name;
  }
  return "";
}

}  // namespace

std::string cast_voice(const SsmlVoice& wanted, const VoiceManifest& own) {
  std::vector<std::string> known = {own.name};
  for (const FoundVoice& voice : list_voices()) {
    if (!contains(known, voice.name)) known.push_back(voice.name);
  }
  for (const std::string& name : wanted.names) {
    if (contains(known, name)) return name;
  }
  const std::string name = name_by_language(wanted, own);
  if (!name.empty()) return name;
  if (wanted.names.empty())
    fail(ErrorCode::kVoice, "no voice here speaks ", join(wanted.languages));
  fail(ErrorCode::kVoice, "unknown voice \"", join(wanted.names), "\"; known: ", join(known));
}

std::vector<std::string> cast_of(std::string_view ssml, const VoiceManifest& own) {
  std::vector<std::string> names;
  Ssml document;
  try {
    document = parse_ssml(ssml);
  } catch (const Error&) {
    return {};  // said when it is spoken
  }
  std::set<std::string> sought;  // each search reads folders
  for (const SsmlBlock& block : document.blocks) {
    for (const SsmlVoice& wanted : block.voices) {
      if (!sought.insert(key_of(wanted)).second) continue;
      try {
        const std::string name = cast_voice(wanted, own);
        if (!contains(names, name)) names.push_back(name);
      } catch (const Error&) {
        continue;  // a warning when it is spoken
      }
    }
  }
  return names;
}

Cast::Cast(std::shared_ptr<const Voice> own, SpeakOptions options)
    : own_(std::move(own)), options_(std::move(options)) {
  options_.prompts.clear();
  options_.prompt_texts.clear();
}

const Synthesizer& Cast::speaker(const SsmlVoice& wanted, const Synthesizer& own) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const std::string key = key_of(wanted);
  auto found = choices_.find(key);
  if (found == choices_.end()) found = choices_.emplace(key, choose(wanted)).first;
  const Choice& choice = found->second;
  if (!choice.failure.empty()) fail(ErrorCode::kVoice, choice.failure);
  return choice.speaker == nullptr ? own : *choice.speaker;
}

Cast::Choice Cast::choose(const SsmlVoice& wanted) {
  try {
    const std::string name = cast_voice(wanted, own_->manifest());
    if (name == own_->manifest().name) return {};
    auto& speaker = open_[name];
    if (speaker == nullptr) speaker = open(name);
    return {"", speaker.get()};
  } catch (const Error& e) {
    return {e.what(), nullptr};
  }
}

std::shared_ptr<const Synthesizer> Cast::open(const std::string& name) const {
  // Weights that any thread may use, although this one is speaking.
  const c10::InferenceMode off(false);
  const auto voice = Voice::open(name, own_->options());
  const VoiceManifest &mine = own_->manifest(), &other = voice->manifest();
  if (other.sample_rate_hz != mine.sample_rate_hz) {
    fail(ErrorCode::kVoice,
         "voice \"",
         name,
         "\" is of ",
         other.sample_rate_hz,
         " Hz, voice \"",
         mine.name,
         "\" of ",
         mine.sample_rate_hz);
  }
  return std::make_shared<const Synthesizer>(voice, options_);
}

}  // namespace tts
