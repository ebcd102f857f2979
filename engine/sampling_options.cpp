#include "engine/sampling_options.h"

namespace tts {

void set_sampling(const SpeakOptions& o, Sampling& s) {
  s.temperature = o.temperature.value_or(s.temperature);
  s.steps = o.steps.value_or(s.steps);
  s.solver = o.solver.value_or(s.solver);
  s.sway = o.sway.value_or(s.sway);
  s.guidance = o.guidance.value_or(s.guidance);
  s.choice_temperature = o.choice_temperature.value_or(s.choice_temperature);
  s.top_k = o.top_k.value_or(s.top_k);
  s.top_p = o.top_p.value_or(s.top_p);
  s.repetition_window = o.repetition_window.value_or(s.repetition_window);
  s.repetition_share = o.repetition_share.value_or(s.repetition_share);
  s.rescore = o.rescore.value_or(s.rescore);
  s.pointer = o.pointer.value_or(s.pointer);
  s.pointer_temperature = o.pointer_temperature.value_or(s.pointer_temperature);
  s.first_seconds = o.first_seconds.value_or(s.first_seconds);
  if (o.guidance_end) s.guidance_end = o.guidance_end;
  if (o.fine_temperature) s.fine_temperature = o.fine_temperature;
  if (!o.level_steps.empty()) {
    s.level_steps = o.level_steps;
  } else if (o.steps) {
    s.level_steps.clear();
  }
}

}  // namespace tts
