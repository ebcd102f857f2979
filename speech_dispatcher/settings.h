// What SET tells a module of the messages that follow.
#pragma once
#include <string>

#include "engine/options.h"

namespace tts {

enum class Punctuation { kNone, kSome, kMost, kAll };
enum class Capitals { kNone, kSpell, kIcon };

struct Settings {
  int rate = 0, pitch = 0, volume = 100;  // -100 … 100
  std::string language;                   // "": the voice's
  std::string voice;                      // "": one that speaks the language
  Punctuation punctuation = Punctuation::kNone;
  Capitals capitals = Capitals::kNone;
  bool spelling = false;
};

// False for a name or a value that the protocol does not know.
bool set_setting(Settings& settings, const std::string& name, const std::string& value);

// Rate, pitch and volume as the engine's: 100 is twice as fast, an octave higher, and as loud as
// the voice is; -100 half as fast, an octave lower, and silent.
void apply_settings(const Settings& settings, SpeakOptions& options);

}  // namespace tts
