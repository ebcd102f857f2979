// How loud a speaker is: the energy that the networks know, and the one level that all have.
#pragma once
#include <torch/torch.h>

namespace tts {

using torch::Tensor;

// The mean energy of sounding frames that all speakers are brought to before a network learns or
// hears them.
inline constexpr double kCommonEnergy = -3.3;

// Natural log of the amplitude of every frame, not below log(1e-4). samples: [T frame] → [T]
Tensor frame_energy(const Tensor& samples, int64_t frame_samples);

// The frames that sound: within 30 dB of the loudest. energy: [T] → [at most T]
Tensor sounding_energy(const Tensor& energy);

// What makes a voice of that mean energy speak at about -22 dBFS, to 0.1 dB.
double voice_gain_db(double energy_mean);

}  // namespace tts
