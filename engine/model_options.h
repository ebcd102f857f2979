// Options of a request that some models have and others lack.
#pragma once
#include "engine/options.h"
#include "engine/voice.h"

namespace tts {

// Throw Error(kUsage) for an option that the chosen model does not have, naming the voice's models
// that do: it is never ignored.
void check_generator_options(const Voice& voice, const SpeakOptions& options);
void check_duration_options(const Voice& voice, const SpeakOptions& options);

}  // namespace tts
