// Hears prompts for a voice: recordings → who speaks. Each set of prompts is encoded once.
#pragma once
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "analysis/prompt.h"
#include "engine/options.h"
#include "engine/voice_files.h"

namespace tts {

struct HeardPrompts {
  std::vector<Prompt> prompts;
  HeardSpeaker speaker;
  std::vector<std::string> warnings;  // what is wrong with usable prompts, and what to do
};

class Listener {
 public:
  // Loads the speaker encoder that the voice's vectors were made with. Throws Error(kVoice) when it
  // is missing or another one.
  Listener(const VoiceFiles& files, const VoiceManifest& manifest);

  // Thread-safe. Throws Error(kInput) naming the recording that cannot be used.
  std::shared_ptr<const HeardPrompts> hear(const std::vector<PromptSource>& sources);

 private:
  SpeakerEncoder encoder_{nullptr};
  std::mutex mutex_;  // guards what was heard last, by the content of the recordings
  std::deque<std::pair<uint64_t, std::shared_ptr<const HeardPrompts>>> heard_;
};

// The recording of a source, read from its file if need be.
Waveform recording_of(const PromptSource& source);

// Throws Error(kUsage) naming voices that take prompts, unless this one does.
void require_promptable(const VoiceManifest& manifest);

}  // namespace tts
