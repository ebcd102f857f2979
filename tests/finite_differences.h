// Whether what a loss sends back is how it changes.
#pragma once
#include <torch/torch.h>

#include <cmath>
#include <functional>
#include <vector>

namespace tts {

// Largest relative difference, over `directions`, between the slope of a loss along a direction as
// its gradient says and as central differences say. A direction is the gradient with a random half
// of its numbers set to zero, in the metric of each parameter's own size, so that single precision
// suffices. The loss must give the same value whenever it is called.
inline double gradient_error(const std::function<torch::Tensor()>& loss,
                             const std::vector<torch::Tensor>& parameters,
                             int directions = 3) {
  const double here = loss().item<double>();
  const auto gradients = torch::autograd::grad({loss()},
                                               parameters,
                                               {},
                                               /*retain_graph=*/false,
                                               /*create_graph=*/false,
                                               /*allow_unused=*/true);
  torch::NoGradGuard no_grad;
  double worst = 0;
  for (int i = 0; i < directions; ++i) {
    torch::manual_seed(100 + i);
    std::vector<torch::Tensor> along;
    double slope = 0, length = 0;
    for (const auto& g : gradients) {
      along.push_back(g.defined() ? g * (torch::rand_like(g) < 0.5) : torch::Tensor());
      if (!g.defined()) continue;
      slope += (g * along.back()).sum().item<double>();
      length += along.back().square().sum().item<double>();
    }
    length = std::sqrt(length);
    const auto moved = [&](double by) {
      for (size_t k = 0; k < parameters.size(); ++k)
        if (along[k].defined()) parameters[k].add_(along[k], by / length);
      const double value = loss().item<double>();
      for (size_t k = 0; k < parameters.size(); ++k)
        if (along[k].defined()) parameters[k].sub_(along[k], by / length);
      return value;
    };
    // So far that the loss changes by half a per cent.
    const double step = 0.005 * std::abs(here) / (slope / length);
    const double measured = (moved(step) - moved(-step)) / (2 * step);
    worst = std::max(worst, std::abs(measured - slope / length) / std::abs(measured));
  }
  return worst;
}

}  // namespace tts
