// From the trainers' folders to the folder that `tts` loads.
#pragma once
#include <string>
#include <vector>

#include "nn/safetensors.h"

namespace tts {

struct VoiceBuild {
  std::string name;   // of the voice or base
  std::string codec;  // folder
  // Folders of `tts train acoustic`. Several hold different generators of one frame encoder, as
  // --freeze-encoder leaves it.
  std::vector<std::string> acoustic;
  std::vector<std::string> durations;  // folders of `tts train duration`, of different types
  std::string speaker_encoder;         // folder, named in the base; "" not named
  std::string default_generator = "flow", default_duration = "phoneme";
  std::string model_card;           // Markdown
  std::vector<std::string> voices;  // of a base: the speakers that get a voice; empty: all
};

// Writes the folder OUT of a voice; for several speakers of the base that they share, and beside it
// a small voice for each that lacks a voice of its own networks. Throws Error(kUsage) for parts
// that do not belong together and for speakers that nothing was trained on.
void build_voice(const VoiceBuild& build, const std::string& out);

// Writes weights again in another type, e.g. int8 per channel. A stem is a path without
// ".safetensors".
void pack_weights(const std::string& from_stem, const std::string& to_stem, SaveType type);

}  // namespace tts
