#include "analysis/speaker_encoder.h"

#include <cmath>

#include "tests/gradient.h"
#include "tests/test.h"

using namespace tts;

namespace {

SpeakerEncoder tiny() {
  torch::manual_seed(1);
  SpeakerEncoderOptions o;
  o.bands = 16;
  o.channels = 12;
  o.blocks = 1;
  o.vector = 5;
  SpeakerEncoder encoder(o);
  encoder->eval();
  return encoder;
}

}  // namespace

TEST_CASE("speaker vectors: of length one, free of the level, of padding and of neighbours") {
  torch::NoGradGuard no_grad;
  SpeakerEncoder encoder = tiny();
  const Tensor wave = torch::randn({2, 24000}) * 0.1;
  const Tensor both = encoder->forward(wave);
  CHECK((both.norm(2, 1) - 1).abs().max().item<float>() < 1e-5);
  CHECK((encoder->forward(wave * 0.25) - both).abs().max().item<float>() < 1e-3);
  const Tensor shorter = wave.slice(0, 1, 2).slice(1, 0, 14400);
  const Tensor alone = encoder->forward(shorter);
  Tensor padded = wave.clone();
  padded[1].slice(0, 14400).zero_();
  const Tensor beside = encoder->forward(padded, torch::tensor({24000, 14400}));
  // The last frame's window reaches into what follows: zeros both times.
  CHECK((beside[1] - alone[0]).abs().max().item<float>() < 1e-4);
  CHECK((beside[0] - both[0]).abs().max().item<float>() < 1e-4);
}

TEST_CASE("several recordings together: one is itself, order and padding say nothing") {
  torch::NoGradGuard no_grad;
  SpeakerEncoder encoder = tiny();
  const Tensor wave = torch::randn({2, 24000}) * 0.1, lengths = torch::tensor({24000, 14400});
  wave[1].slice(0, 14400).zero_();
  const Tensor one = wave.slice(0, 0, 1), both = encoder->together(wave, lengths);
  CHECK((encoder->together(one) - encoder->forward(one)[0]).abs().max().item<float>() < 1e-5);
  CHECK(std::abs(both.norm().item<float>() - 1) < 1e-5);
  const Tensor turned = encoder->together(wave.flip(0), lengths.flip(0));
  CHECK((turned - both).abs().max().item<float>() < 1e-5);
  const Tensor longer = torch::constant_pad_nd(wave, {0, 4800});
  CHECK((encoder->together(longer, lengths) - both).abs().max().item<float>() < 1e-4);
  CHECK((encoder->together(wave.slice(0, 0, 1)) - both).abs().max().item<float>() > 1e-3);
}

TEST_CASE("generalised end-to-end loss by hand, and its gradient") {
  // Two speakers, two recordings each, all vectors of a speaker equal and orthogonal to the
  // other's.
  const Tensor apart = torch::tensor({{{1.0, 0.0}, {1.0, 0.0}}, {{0.0, 1.0}, {0.0, 1.0}}});
  const Tensor scale = torch::tensor(2.0), shift = torch::tensor(-1.0);
  CHECK(ge2e_loss(apart, scale, shift).item<double>() ==
        doctest::Approx(std::log(1 + std::exp(-2.0))));
  torch::manual_seed(1);
  const auto loss = [&](const Tensor& x) {
    return ge2e_loss(x, scale.to(torch::kDouble), shift.to(torch::kDouble));
  };
  check_gradient(loss, torch::randn({3, 2, 4}));
}

TEST_CASE("equal error rate") {
  const Tensor vectors = torch::tensor({{1.0f, 0.0f}, {0.9f, 0.1f}, {0.0f, 1.0f}, {0.1f, 0.9f}});
  CHECK(equal_error_rate(vectors, torch::tensor({0, 0, 1, 1})) == doctest::Approx(0));
  CHECK(equal_error_rate(vectors, torch::tensor({0, 1, 0, 1})) >= 0.5);
}
