// New voice files: of recordings, drawn at random, or between two voices.
#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/listener.h"
#include "engine/voice_file.h"

namespace tts {

struct VoiceRecipe {
  std::string name;
  std::string language;  // "" is that of the voice it is made with
  std::string licence;   // one line
};

// `voice` gives base, codec and corrections; `heard` is what its Listener made of `sources`.
// `texts` are empty or one for each. Throws Error(kUsage) for a voice without a base or a language
// that the base does not speak, Error(kCancelled).
VoiceFile voice_of_prompts(const VoiceSource& voice,
                           const HeardPrompts& heard,
                           const std::vector<std::string>& texts,
                           const VoiceRecipe& recipe,
                           const std::atomic<bool>& cancelled);

// A speaker who does not exist, the same for the same seed and known voices: a random point between
// them (weights from a flat Dirichlet distribution) and a little beside it. F0 follows the vector
// by ridge regression over the known voices, a semitone more or less. Throws Error(kUsage) for
// fewer than two.
VoiceFile random_voice(const std::vector<VoiceSource>& known,
                       uint64_t seed,
                       const VoiceRecipe& recipe);

// `weight` of b: 0 is a, 1 is b. Throws Error(kUsage) when they do not share a base.
VoiceFile blended_voice(const VoiceSource& a,
                        const VoiceSource& b,
                        double weight,
                        const VoiceRecipe& recipe);

// The voices on the path that share the base of `voice`: folders, not voice files, which may be
// mixtures themselves.
std::vector<VoiceSource> voices_of_base(const VoiceSource& voice);

}  // namespace tts
