// Toys that are learnt until they are known.
//
// The way of a training follows the CPU's rounding: what one CPU knows after 300 steps another
// knows after 400. So a test sets no number of steps. It says what it is to know something, as
// strictly as it likes, and gives several times the steps that this usually takes.
#pragma once
#include <torch/torch.h>

#include <cmath>
#include <vector>

namespace tts {

// Adam in stints of 200 steps, each from the full learning rate down to none, so that no late step
// throws out what was found. After each, `learnt()` is asked; false: not within twenty stints.
// `loss()` is what to minimise; the seed before it is that of the step.
template <typename Loss, typename Learnt>
bool learn(const std::vector<torch::Tensor>& parameters, const Loss& loss, const Learnt& learnt) {
  constexpr int kStints = 20, kSteps = 200;
  constexpr double kRate = 5e-3;
  torch::optim::Adam adam(parameters, torch::optim::AdamOptions(kRate));
  auto& options = static_cast<torch::optim::AdamOptions&>(adam.param_groups()[0].options());
  for (int stint = 0; stint < kStints; ++stint) {
    for (int step = 0; step < kSteps; ++step) {
      options.lr(kRate / 2 * (1 + std::cos(M_PI * step / kSteps)));
      torch::manual_seed(stint * kSteps + step);
      adam.zero_grad();
      loss().backward();
      adam.step();
    }
    if (learnt()) return true;
  }
  return false;
}

// How many of the numbers are what they should be, 0 to 1.
inline double share_right(const torch::Tensor& made, const torch::Tensor& truth) {
  return made.eq(truth).to(torch::kDouble).mean().item<double>();
}

}  // namespace tts
