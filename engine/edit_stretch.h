// What a generator is told to say in a gap of a recording: the symbols of the gap and of its
// surroundings, with the prosody, and the frames, that are known.
#pragma once
#include <cstdint>
#include <vector>

#include "core/types.h"
#include "engine/edit_plan.h"
#include "engine/edit_prosody.h"
#include "engine/symbol_encoder.h"
#include "engine/voice.h"

namespace tts {

struct EditStretch {
  EncodedSymbols symbols;           // of the plan's seen symbols, between silences
  std::vector<int64_t> known;       // [N] frames; 0 in the gap
  std::vector<int64_t> new_symbol;  // [N] which symbol of the new text; -1: a silence around them
  ProsodyGap gap;
  int64_t lead = 0, removed = 0, trail = 0;  // frames of the recording before, in, behind the gap

  std::vector<bool> phones() const;
};

// A phone that the voice does not have leaves its frames to the symbol before it; `warn` hears of
// it.
EditStretch stretch_of(const EditPlan& plan,
                       const std::vector<Symbol>& new_symbols,
                       SymbolEncoder& encoder,
                       const SymbolEncoder::Warn& warn);

// sound: [480 T] the recording at the voice's level. Sets condition.durations, log_f0, voicing and
// energy: as measured, in the gap as `predicted` and fitted.
void set_edit_prosody(const EditStretch& stretch,
                      const Tensor& sound,
                      const Prosody& predicted,
                      const VoiceStatistics& statistics,
                      Condition& condition);

// Sets condition.known_latents, known_codes and known_mask. `sound` [480 (lead + removed + trail)].
// A few frames beside the gap count as unknown: the codec heard the removed words in them.
void set_known_frames(const EditStretch& stretch,
                      const Tensor& sound,
                      const Voice& voice,
                      Condition& condition);

}  // namespace tts
