// A portable voice: one file that says who speaks, over a base that is installed (docs/speakers.md
// has the format). Safetensors with JSON in its metadata.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/voice_manifest.h"
#include "engine/voice_files.h"

namespace tts {

inline constexpr char kVoiceExtension[] = ".voice";

// One recording that a voice was made of.
struct VoicePrompt {
  nlohmann::json report;  // to_json(PromptReport)
  std::string text;       // what is said in it; "" not known
  Tensor codes;           // [T, Q] int16 of the codec
};

struct VoiceFile {
  std::string name, language;
  std::string licence;  // one line; "" not stated
  std::string origin;   // "2 recordings", "random, seed 3", …
  std::string base;     // the folder's name, found as a voice's base is
  std::string base_identity, codec_identity;
  SpeakerTraits traits;
  nlohmann::json duration = nlohmann::json::object();  // what differs from the base's section
  Tensor vectors;                                      // [K, V] of the prompts' windows; K may be 0
  std::vector<VoicePrompt> prompts;
  std::string where;  // names the file in messages
};

// Appears whole or not at all. Throws Error(kOutput).
void write_voice_file(const std::string& path, const VoiceFile& file);

// Throw Error(kVoice) naming file, key and what is wrong.
VoiceFile read_voice_file(const std::string& path);
VoiceFile voice_file_of(const SafeTensors& content);

// Whether the path is that of a file *.voice, there or not.
bool has_voice_extension(const std::string& path);

// The identity of a base: the content of its frame encoder, on which all its generators stand and
// which reads the speaker's vector.
std::string base_identity(const VoiceFiles& base);

// The file laid over its base. Throws Error(kVoice) when base or codec are not those it was made
// for.
VoiceSource source_of(const VoiceFile& file, std::unique_ptr<VoiceFiles> base);

// What a folder of list_voices() or a voice file holds.
VoiceSource open_voice_source(const std::string& path);

}  // namespace tts
