// What a request asks of a generator that not all have.
#pragma once
#include "engine/options.h"
#include "engine/voice.h"

namespace tts {

// Options of `options` that its generator does not have, and prompts with words for one that cannot
// go on from given frames, are Error(kUsage) naming the voice's generators that do.
void check_generator_options(const Voice& voice, const SpeakOptions& options);

}  // namespace tts
