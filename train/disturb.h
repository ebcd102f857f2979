// What rooms, microphones and telephones do to a voice, drawn at random: an equaliser and noise for
// networks that should hear the voice and its words, not the microphone.
#pragma once
#include <torch/torch.h>

namespace tts {

struct DisturbOptions {
  double equaliser_db = 8;  // most at each of its points
  double lowest_snr_db = 12, snr_range_db = 30;
};

// wave: [S] float at 24 kHz → [S]. Draws from torch's generator.
torch::Tensor disturb(const torch::Tensor& wave, const DisturbOptions& options = {});

}  // namespace tts
