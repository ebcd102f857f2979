#include <cmath>

#include "duration/autoregressive/autoregressive.h"

namespace tts {
namespace {

constexpr double kSharpest = -3;          // log of the smallest scale
constexpr double kTail = 0.005;           // of each component's ends is never drawn
constexpr double kLongestFrames = 250;    // of a drawn symbol
constexpr double kFarBelow = -1e4;        // stands for the log of no frames
constexpr double kSmallestShare = 1e-12;  // of probability

struct Mixture {
  Tensor logits, means, log_scales;  // [..., K]
};

Mixture parts_of(const Tensor& mixture, const Tensor& usual) {
  const auto parts = mixture.chunk(3, -1);
  return {parts[0], parts[1] + usual.unsqueeze(-1), (parts[2] - 1).clamp_min(kSharpest)};
}

}  // namespace

// P(d) = CDF(log(d + 1)) - CDF(log d), no frames everything below log 1. The difference is taken in
// the tail where both are small, so that it keeps its digits.
Tensor mixture_log_probability(const Tensor& mixture,
                               const Tensor& usual,
                               const Tensor& log_duration) {
  const Mixture m = parts_of(mixture, usual);
  const Tensor frames = (torch::exp(log_duration) - 0.5).round().unsqueeze(-1);
  const Tensor low = torch::where(
      frames > 0.5, torch::log(frames.clamp_min(1)), torch::full_like(frames, kFarBelow));
  const Tensor scale = torch::exp(m.log_scales);
  const Tensor from = (low - m.means) / scale, to = (torch::log1p(frames) - m.means) / scale;
  const Tensor side = torch::where(
      (from + to).detach() > 0, torch::full_like(from, -1.0), torch::full_like(from, 1.0));
  const Tensor share = (torch::sigmoid(to * side) - torch::sigmoid(from * side)).abs();
  return torch::logsumexp(torch::log_softmax(m.logits, -1) + torch::log(share + kSmallestShare),
                          -1);
}

Tensor draw_mixture(const Tensor& mixture,
                    const Tensor& usual,
                    double temperature,
                    const Tensor& uniform) {
  const Mixture m = parts_of(mixture, usual);
  Tensor component, at;
  if (temperature <= 0) {
    component = m.logits.argmax(-1, true);
    at = m.means.gather(-1, component);
  } else {
    const Tensor sums = torch::softmax(m.logits / temperature, -1).cumsum(-1);
    component = (sums < uniform.slice(-1, 0, 1)).sum(-1, true).clamp_max(sums.size(-1) - 1);
    const Tensor u = uniform.slice(-1, 1, 2).clamp(kTail, 1 - kTail);
    at = m.means.gather(-1, component) + torch::exp(m.log_scales.gather(-1, component)) *
                                             temperature * (torch::log(u) - torch::log1p(-u));
  }
  const Tensor frames =
      torch::floor(torch::exp(at.clamp_max(std::log(kLongestFrames)))).squeeze(-1);
  return torch::log(frames + 0.5);
}

}  // namespace tts
