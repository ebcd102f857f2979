// From recordings to what the networks are told of a speaker: prompts are made ready and judged,
// then windows of all of them become vectors, and their F0 and energy statistics.
#pragma once
#include <string>
#include <vector>

#include "analysis/prompt_report.h"
#include "analysis/speaker_encoder.h"
#include "audio/file.h"
#include "core/voice_manifest.h"

namespace tts {

inline constexpr int kPromptRateHz = 24000;

// A recording made ready.
struct Prompt {
  std::vector<float> samples;  // [S] at 24 kHz, at the common level: at most kLongestSpeechS of
                               // speech with 0.1 s of what is around it, whole codec frames;
                               // empty when the report says that it is unusable
  F0Track track;               // of `samples`
  PromptReport report;
};

// Resamples, trims, levels and judges. Throws Error(kInput) for a rate below 8 kHz.
Prompt prepare_prompt(const Waveform& recording, const std::string& name);

// What prompts of one person say of them.
struct HeardSpeaker {
  Tensor vectors;        // [K, V] of unit length, one for each window of each prompt
  SpeakerTraits traits;  // the vector of all frames of all prompts together, of unit length
  double likeness = 0;   // mean cosine of the vectors with it: 1 is the same throughout
};

// Throws Error(kInput) for a prompt that is unusable. Statistics of short prompts lean on those of
// most voices.
HeardSpeaker hear_speaker(SpeakerEncoder& encoder, const std::vector<Prompt>& prompts);

}  // namespace tts
