// The dummy voice: one tone per phone, no weights, in milliseconds. It runs through the whole road
// behind the same interfaces as a trained voice, so that everything around the networks is tested
// without them.
#pragma once
#include <memory>
#include <vector>

#include "acoustic/generator.h"
#include "core/voice_manifest.h"
#include "duration/duration_model.h"
#include "engine/voice_file.h"
#include "vocoder/vocoder.h"

namespace tts {

// Built in under the name "dummy".
VoiceManifest dummy_manifest();

// What a folder or file of list_voices() holds, and "" is the dummy.
VoiceSource open_found_voice(const std::string& place);

// Silences last 5 frames, punctuation 6, phones 4 (long ones 6); the tone depends on the symbol.
// "varied" draws how much longer or shorter.
std::shared_ptr<DurationModel> make_dummy_duration(const std::string& name,
                                                   const std::vector<std::string>& symbols);
std::vector<std::string> dummy_durations();  // the first is the default

// Frames [B, T, 2]: natural logarithm of the tone's Hz, amplitude. "tone" has no options, "vibrato"
// lets the tone wander by `temperature` semitones, seeded.
std::shared_ptr<Generator> make_dummy_generator(const std::string& name);
std::vector<std::string> dummy_generators();  // the first is the default

// A sine of those frames, its phase carried from chunk to chunk.
std::shared_ptr<Vocoder> make_dummy_vocoder();

}  // namespace tts
