// The voices that SSML's <voice> asks for besides the request's own.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/options.h"
#include "engine/voice.h"
#include "text/ssml.h"

namespace tts {

class Synthesizer;

// Which voice a document means: of those named the first that is there, else one that speaks one of
// the languages; `own`'s name where that is it. Throws Error(kVoice) that says why there is none.
std::string cast_voice(const SsmlVoice& wanted, const VoiceManifest& own);

// The names of all voices that a document spoken by `own` calls for; none of one that cannot be
// read.
std::vector<std::string> cast_of(std::string_view ssml, const VoiceManifest& own);

// Each is opened when first asked for. Thread-safe.
class Cast {
 public:
  // `options` but for prompts hold for all: each speaks as itself, at a rate of the output and with
  // a seed that they have in common.
  Cast(std::shared_ptr<const Voice> own, SpeakOptions options);

  // `own` where the request's voice is asked for or its language is; else a voice of the search
  // path: a document names no files. Throws Error(kVoice) that says why there is none.
  const Synthesizer& speaker(const SsmlVoice& wanted, const Synthesizer& own);

 private:
  struct Choice {
    std::string failure;
    const Synthesizer* speaker = nullptr;  // null: the request's own voice
  };
  Choice choose(const SsmlVoice& wanted);
  std::shared_ptr<const Synthesizer> open(const std::string& name) const;

  const std::shared_ptr<const Voice> own_;
  SpeakOptions options_;
  std::mutex mutex_;                       // guards all below
  std::map<std::string, Choice> choices_;  // by what was wanted
  std::map<std::string, std::shared_ptr<const Synthesizer>> open_;
};

}  // namespace tts
