// Duration models into voices: one, or several by name.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/voice_manifest.h"

namespace tts {

// Weights of the models in the folders of `tts train duration` into the voice's folder, and what
// voice.json says of them into the manifest. Several are named by their types, which must differ;
// `default_duration` is the first where there is none of that type.
void pack_durations(const std::vector<std::string>& folders,
                    const std::string& default_duration,
                    const std::string& voice,
                    VoiceManifest& manifest);

// Corrections that were measured for one speaker, as a voice lays them over its base.
void add_corrections(const std::vector<std::string>& folders,
                     const std::string& speaker,
                     const VoiceManifest& base,
                     nlohmann::json& voice);

// Adds models to a voice that is there, or to a base and the voices beside it that share it. A
// model of a name that it has is replaced. `default_duration` empty: as it was.
void add_durations(const std::vector<std::string>& folders,
                   const std::string& default_duration,
                   const std::string& voice);

// Which file of a packaged voice holds weights for a new model: that of its type, or of the model
// that a sentence length is the sum of. `packaged` is voice.json or base.json.
std::string packaged_duration_stem(const nlohmann::json& packaged,
                                   const nlohmann::json& model,
                                   const std::string& where);

}  // namespace tts
