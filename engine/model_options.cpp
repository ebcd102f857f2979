#include "engine/model_options.h"

#include <algorithm>

#include "core/error.h"
#include "core/join.h"

namespace tts {
namespace {

bool continues_prompts(const SpeakOptions& options) {
  const auto& texts = options.prompt_texts;
  return std::any_of(texts.begin(), texts.end(), [](const auto& text) { return !text.empty(); });
}

// Only some generators go on from frames that are given.
void check_infills(const Voice& voice, const SpeakOptions& options) {
  const bool goes_on = !options.prompts.empty() && continues_prompts(options);
  if (!goes_on || voice.generator(options.generator).infills()) return;
  std::vector<std::string> able;
  for (const auto& name : voice.generator_names()) {
    if (voice.generator(name).infills()) able.push_back(name);
  }
  fail(ErrorCode::kUsage,
       "generator \"",
       options.generator,
       "\" cannot go on from a prompt with its words (prompt-text); ",
       able.empty() ? "no generator of voice \"" + voice.manifest().name + "\" can"
                    : "generators that can: " + join(able),
       "; without the text the prompt says who speaks");
}

// Durations that the generator sets itself fit no other plan.
void check_pointer(const SpeakOptions& options) {
  if (!options.pointer.value_or(false)) return;
  if (options.duration_s) fail(ErrorCode::kUsage, "give pointer or duration, not both");
  if (continues_prompts(options)) fail(ErrorCode::kUsage, "give pointer or prompt-text, not both");
}

// Only some generators follow a melody and an effort that they are given.
void check_prosody(const Voice& voice, const SpeakOptions& options) {
  if (options.pitch_semitones == 0 && options.energy_db == 0) return;
  if (voice.generator(options.generator).follows_prosody()) return;
  std::vector<std::string> able;
  for (const auto& name : voice.generator_names()) {
    if (voice.generator(name).follows_prosody()) able.push_back(name);
  }
  fail(ErrorCode::kUsage,
       "generator \"",
       options.generator,
       "\" does not follow ",
       options.pitch_semitones != 0 ? "pitch" : "energy",
       "; ",
       able.empty() ? "no generator of voice \"" + voice.manifest().name + "\" does"
                    : "generators that do: " + join(able));
}

}  // namespace

void check_generator_options(const Voice& voice, const SpeakOptions& options) {
  check_pointer(options);
  check_infills(voice, options);
  check_prosody(voice, options);
  if (options.steps && !options.level_steps.empty())
    fail(ErrorCode::kUsage, "give steps or level-steps, not both");
  const std::vector<std::string> has = voice.generator(options.generator).options();
  for (const auto& name : generator_options_set(options)) {
    if (contains(has, name)) continue;
    std::vector<std::string> able;
    for (const auto& other : voice.generator_names()) {
      if (contains(voice.generator(other).options(), name)) able.push_back(other);
    }
    fail(ErrorCode::kUsage,
         "generator \"",
         options.generator,
         "\" has no option ",
         name,
         "; ",
         able.empty() ? "no generator of voice \"" + voice.manifest().name + "\" has it"
                      : "generators that have it: " + join(able));
  }
}

void check_duration_options(const Voice& voice, const SpeakOptions& options) {
  if (options.duration_s && options.speed_ratio != 1)
    fail(ErrorCode::kUsage, "give speed or duration, not both");
  const DurationModel& model = voice.duration(options.durations);
  if (!options.duration_temperature || model.draws()) return;
  std::vector<std::string> able;
  for (const auto& other : voice.duration_names()) {
    if (voice.duration(other).draws()) able.push_back(other);
  }
  fail(ErrorCode::kUsage,
       "durations \"",
       options.durations.empty() ? voice.default_duration() : options.durations,
       "\" has no option duration-temperature; ",
       able.empty() ? "no durations of voice \"" + voice.manifest().name + "\" have it"
                    : "durations that have it: " + join(able));
}

}  // namespace tts
