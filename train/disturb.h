// What rooms, microphones, telephones and sound files do to a voice, drawn at random: an equaliser,
// noise and lossy coding for networks that should hear the voice and its words, not how they were
// kept.
#pragma once
#include <torch/torch.h>

namespace tts {

struct DisturbOptions {
  double equaliser_db = 8;  // most at each of its points
  double lowest_snr_db = 12, snr_range_db = 30;
  double coded_share = 0;  // how many are coded and decoded, by any of kAudioCodings
};

// wave: [S] float at 24 kHz → [S]. Draws from torch's generator.
torch::Tensor disturb(const torch::Tensor& wave, const DisturbOptions& options = {});

}  // namespace tts
