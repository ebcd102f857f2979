// What set_option() promises of the options that bytes have set.
#pragma once
#include <cmath>

#include "engine/options.h"
#include "tests/fuzz/fuzz.h"

namespace tts::fuzz {

inline void check_ranges(const SpeakOptions& options) {
  const auto within = [](const char* name, std::optional<double> value) {
    for (const OptionInfo& option : option_table()) {
      if (option.name != std::string(name) || !value) continue;
      require(*value >= option.lowest && *value <= option.highest, name, " is ", *value);
    }
  };
  within("speed", options.speed_ratio);
  within("duration", options.duration_s);
  within("pitch", options.pitch_semitones);
  within("energy", options.energy_db);
  within("volume", options.volume);
  within("temperature", options.temperature);
  within("guidance", options.guidance);
  within("sway", options.sway);
  within("top-p", options.top_p);
  within("first-seconds", options.first_seconds);
  within("steps", options.steps);
  within("top-k", options.top_k);
  within("sample-rate", options.sample_rate_hz);
  for (const int64_t steps : options.level_steps)
    require(steps >= 1 && steps <= 1000, "level-steps hold ", steps);
  require(!options.solver || *options.solver == "euler" || *options.solver == "midpoint", "solver");
}

}  // namespace tts::fuzz
