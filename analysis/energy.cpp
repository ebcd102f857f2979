#include "analysis/energy.h"

#include <cmath>

namespace tts {

Tensor frame_energy(const Tensor& samples, int64_t frame_samples) {
  return torch::log(samples.view({-1, frame_samples}).square().mean(1).sqrt() + 1e-4);
}

Tensor sounding_energy(const Tensor& energy) {
  return energy.masked_select(energy > energy.max() - 3.5);
}

double voice_gain_db(double energy_mean) {
  // The mean of the log lies below the log of the mean.
  const double level_db = 20 / M_LN10 * energy_mean + 2;
  return std::round(10 * (-22 - level_db)) / 10;
}

}  // namespace tts
