// Finite differences for losses.
#pragma once
#include "tests/test.h"

namespace tts {

// Compares a loss's gradient with central differences along random directions.
template <typename Loss>
void check_gradient(const Loss& loss, const torch::Tensor& at) {
  const torch::Tensor x = at.clone().to(torch::kDouble).requires_grad_();
  loss(x).backward();
  for (int i = 0; i < 4; ++i) {
    const torch::Tensor direction = torch::randn_like(at.to(torch::kDouble));
    const double h = 1e-6;
    const double numeric = (loss((x + direction * h).detach()).template item<double>() -
                            loss((x - direction * h).detach()).template item<double>()) /
                           (2 * h);
    const double exact = (x.grad() * direction).sum().template item<double>();
    CHECK(exact == doctest::Approx(numeric).epsilon(1e-3).scale(1e-3));
  }
}

}  // namespace tts
