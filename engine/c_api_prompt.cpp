// tts_voice_prompt: a voice that speaks as the person in recordings.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/c_api_guard.h"
#include "engine/c_api_handles.h"

namespace tts {
namespace {

PromptSource prompt_of(const tts_recording& recording, size_t index) {
  require(recording.samples != nullptr || recording.count == 0, "a recording's samples are null");
  PromptSource source;
  source.name = recording.name == nullptr ? "recording " + std::to_string(index) : recording.name;
  auto wave = std::make_shared<Waveform>();
  wave->samples.assign(recording.samples, recording.samples + recording.count);
  wave->sample_rate_hz = recording.sample_rate;
  const auto finite = [](float x) { return std::isfinite(x); };
  if (!std::all_of(wave->samples.begin(), wave->samples.end(), finite))
    fail(ErrorCode::kInput, source.name, ": holds samples that are not finite numbers");
  source.recording = std::move(wave);
  return source;
}

}  // namespace
}  // namespace tts

tts_status tts_voice_prompt(tts_voice* voice,
                            const tts_recording* recordings,
                            size_t count,
                            tts_voice** out) {
  return tts::guard([&] {
    tts::require(out != nullptr, "out is null");
    *out = nullptr;
    tts::require(voice != nullptr, "voice is null");
    tts::require(recordings != nullptr && count != 0, "there are no recordings");
    auto prompted = std::make_unique<tts_voice>();
    prompted->voice = voice->voice;
    prompted->generators_with = voice->generators_with;
    for (size_t i = 0; i < count; ++i)
      prompted->prompts.push_back(tts::prompt_of(recordings[i], i + 1));
    const auto heard = prompted->voice->hear(prompted->prompts);
    auto info = nlohmann::json::parse(voice->info);
    for (const auto& prompt : heard->prompts) info["prompts"].push_back(to_json(prompt.report));
    info["prompt_warnings"] = heard->warnings;
    prompted->info = info.dump();
    *out = prompted.release();
    return TTS_OK;
  });
}
