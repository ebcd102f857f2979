// Prompts whose words are known, in front of what is to be said: the generator is given their
// frames and goes on in the same voice (VALL-E, Wang et al. 2023; Voicebox, Le et al. 2023), one
// prompt after the other, so that one with attention attends to all of them (Mega-TTS 2, Jiang et
// al. 2023). What is made of them is not heard, so a prompt's words cannot leak into the speech.
#pragma once
#include <cstdint>
#include <vector>

#include "analysis/prompt.h"
#include "core/types.h"
#include "engine/ear.h"
#include "engine/symbol_encoder.h"
#include "engine/voice.h"

namespace tts {

// Of one prompt, and of all together: 8 s and 12 s.
inline constexpr int64_t kLongestPromptFrames = 400, kLongestContextFrames = 600;

// The symbols of a prompt with their frames.
struct PromptSymbols {
  EncodedSymbols symbols;
  std::vector<int64_t> frames;  // [N]
  int64_t count() const;        // of frames
};

// Whole words of at most so many frames: none where the first word is longer. Throws Error(kInput)
// when the prompt does not say the text.
PromptSymbols symbols_of_prompt(const Ear& ear,
                                const Prompt& prompt,
                                const Document& text,
                                SymbolEncoder& encoder,
                                int64_t most_frames = kLongestPromptFrames);

struct PromptContext {
  Condition condition;  // B = 1: all that a generator is told of the prompt
  Voice::KnownFrames frames;

  int64_t count() const { return frames.latents.size(1); }
  // The prompt's symbols and frames before those of `text`, B = 1.
  Condition before(const Condition& text) const;
  // Both prompts, this one first.
  PromptContext then(const PromptContext& later) const;
};

// `condition` has the symbols; durations and prosody are set here, as measured.
PromptContext context_of(const Voice& voice,
                         const Prompt& prompt,
                         const PromptSymbols& symbols,
                         const VoiceStatistics& statistics,
                         Condition condition);

}  // namespace tts
