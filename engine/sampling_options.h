// From the options of a request to how a generator draws.
#pragma once
#include "core/types.h"
#include "engine/options.h"

namespace tts {

// What the request sets, over a generator's defaults.
void set_sampling(const SpeakOptions& options, Sampling& sampling);

}  // namespace tts
