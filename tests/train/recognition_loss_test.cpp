#include "train/recognition_loss.h"

#include "tests/test.h"

using namespace tts;

namespace {

RecognitionLoss tiny() {
  torch::manual_seed(1);
  RecogniserOptions o;
  o.bands = 20;
  o.channels = 12;
  o.hidden = 24;
  o.blocks = 2;
  o.phones = {"a", "b", "c"};
  return RecognitionLoss(Recogniser(o));
}

Tensor noise(double level) {
  torch::manual_seed(7);
  return torch::randn({2, 9600}) * level;
}

}  // namespace

TEST_CASE("a recogniser hears no difference between equals, and more the more there is") {
  const RecognitionLoss loss = tiny();
  const Tensor truth = noise(0.1);
  const auto misheard = [&](double share) {
    torch::manual_seed(9);
    return loss(truth + share * torch::randn_like(truth), truth).item<double>();
  };
  CHECK(misheard(0) == doctest::Approx(0));
  CHECK(misheard(0.01) > 0);
  CHECK(misheard(0.3) > misheard(0.01));
}

TEST_CASE("its gradient reaches the sound and not the recogniser") {
  const RecognitionLoss loss = tiny();
  const Tensor truth = noise(0.1);
  const Tensor sound = (truth + 0.05 * torch::randn_like(truth)).detach().requires_grad_();
  const Tensor value = loss(sound, truth);
  value.backward();
  CHECK(sound.grad().abs().max().item<float>() > 0);
  // A step against the gradient is heard as nearer.
  torch::NoGradGuard no_grad;
  const Tensor step = sound - sound.grad() * (1e-3 / sound.grad().norm());
  CHECK(loss(step, truth).item<double>() < value.item<double>());
}
