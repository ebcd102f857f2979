// The body of POST /v1/audio/speech.
#pragma once
#include <string>
#include <vector>

#include "engine/input_kind.h"
#include "engine/options.h"
#include "server/sound_encoder.h"
#include "server/voice_names.h"

namespace tts {

struct SpeechRequest {
  std::string input;
  std::string voice;  // one of the known voices
  SoundFormat format;
  bool events = false;                      // server-sent events instead of the sound's bytes
  InputKind kind = InputKind::kPlain;       // "ssml": true, "markdown": true, …
  bool words = false;                       // events for words, marks and warnings, too
  bool strict = false;                      // nothing is passed over: see client_habits.h
  std::vector<std::string> without_effect;  // keys that were taken and change nothing
  std::vector<std::string> warnings;        // what is spoken otherwise than asked for
  SpeakOptions speak;                       // with a seed
};

// What /v1/models lists. OpenAI's names are taken, so that programs written for it work as they
// are; all of them are this engine.
const std::vector<std::string>& model_names();

// Throws ApiError that names the key, the value and the choices. A key that is null is absent.
SpeechRequest parse_speech_request(const std::string& body, const VoiceNames& voices);

}  // namespace tts
