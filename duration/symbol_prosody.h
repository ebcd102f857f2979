// What the members of the family share beside the text encoder: the numbers that their networks
// learn per symbol, the way back to a Prosody, and the corrections measured after training.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/config.h"
#include "core/types.h"

namespace tts {

// Corrections measured on a validation split, applied to predictions. A member has those that it
// names, and writes and reads only them.
struct DurationCorrections {
  double duration_scale = 1;     // of phones: natural total / predicted total
  double pause_scale = 1;        // of optional pauses, so that as much is paused after rounding
  double duration_contrast = 1;  // stretches log durations about the symbol's usual length
  double pitch_contrast = 1;     // stretches F0 about the utterance's mean
  double energy_contrast = 1;

  static DurationCorrections from(Config& config, const std::vector<std::string>& names);
  std::map<std::string, double*> named(const std::vector<std::string>& names);
  void write(nlohmann::json& json, const std::vector<std::string>& names) const;
};

// As networks learn them, each [B, N].
struct SymbolProsody {
  Tensor log_duration;  // log(frames + 0.5)
  Tensor f0;            // log F0 in deviations from the speaker's mean
  Tensor voicing;       // share, or its logit
  Tensor energy;
};

SymbolProsody symbol_prosody(const Batch& batch);

// `voicing` is a share here; usual_log_duration: [B, N], the centre of duration_contrast.
Prosody corrected_prosody(const SymbolProsody& prosody,
                          const Tensor& usual_log_duration,
                          const DurationCorrections& corrections,
                          const Condition& condition);

// Losses "f0", "voicing" and "energy" of a regression; `voicing` is a logit.
Losses contour_losses(const SymbolProsody& predicted, const Batch& batch);

// Mean of values [B, N] by weights [B, N].
Tensor weighted_mean(const Tensor& values, const Tensor& weights);

// Running mean over training of each symbol's log(frames + 0.5).
class UsualDurations {
 public:
  UsualDurations(torch::nn::Module& owner, int64_t symbols);
  Tensor of(const Tensor& symbols) const;  // [B, N] ids → [B, N]
  void learn(const Batch& batch);

 private:
  Tensor usual_log_duration_;  // [symbols]
};

}  // namespace tts
