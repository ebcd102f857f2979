#include "codec/codec.h"

#include "tests/test.h"

using namespace tts;

namespace {

CodecOptions tiny() {
  CodecOptions o;
  o.encoder = {100, 8, 1, 12, 1, 6};
  o.quantiser = {6, 3, 16, 4};
  return o;
}

}  // namespace

TEST_CASE(
    "Residual quantiser: any smaller number of codebooks decodes, codes survive a round trip") {
  torch::manual_seed(1);
  torch::NoGradGuard no_grad;
  ResidualQuantiser quantiser(QuantiserOptions{6, 3, 16, 4});
  const Tensor latents = torch::randn({2, 7, 6});
  quantiser->initialise(torch::randn({200, 6}));
  const auto out = quantiser->forward(latents);
  CHECK((quantiser->decode(out.codes) - out.quantised).abs().max().item<float>() < 1e-5);
  const Tensor levels = torch::tensor({1, 3});
  const auto limited = quantiser->forward(latents, levels);
  CHECK((quantiser->decode(out.codes.slice(2, 0, 1))[0] - limited.quantised[0])
            .abs()
            .max()
            .item<float>() < 1e-5);
  CHECK((limited.quantised[1] - out.quantised[1]).abs().max().item<float>() < 1e-5);
  CHECK_THROWS_WITH(quantiser->decode(torch::zeros({1, 2, 4}, torch::kLong)),
                    doctest::Contains("this codec has 3"));
}

TEST_CASE("Vector quantiser: the straight-through gradient is the projection's") {
  torch::manual_seed(2);
  VectorQuantiser level(QuantiserOptions{3, 1, 8, 3});
  const Tensor x = torch::randn({5, 3}).requires_grad_();
  const auto out = level->forward(x);
  out.quantised.sum().backward();
  // d quantised / d x = W_out W_in for every row, whichever entry was chosen.
  const auto parameters = level->named_parameters();
  const Tensor expected =
      torch::ones({3}).matmul(parameters["out.weight"]).matmul(parameters["in.weight"]);
  CHECK((x.grad() - expected).abs().max().item<float>() < 1e-5);
}

TEST_CASE("Revived entries come from real frames") {
  torch::manual_seed(3);
  ResidualQuantiser quantiser(QuantiserOptions{6, 2, 64, 4});
  const Tensor frames = torch::randn({500, 6});
  const int64_t first = quantiser->revive(frames, 1);
  CHECK(first > 0);
  CHECK(quantiser->revive(frames, 1) < first);
}

TEST_CASE("Codec: 480 samples to a frame, batch = one by one") {
  torch::manual_seed(4);
  torch::NoGradGuard no_grad;
  Codec codec(tiny());
  const Tensor waves = torch::randn({2, 4800 + 100}) * 0.1;
  const Tensor both = codec->latents(waves);
  CHECK(both.sizes() == at::IntArrayRef({2, 10, 6}));
  CHECK((both[1] - codec->latents(waves.slice(0, 1, 2))[0]).abs().max().item<float>() < 1e-4);
}

TEST_CASE("Codec: standardised latents have unit mean square and are restored") {
  torch::manual_seed(5);
  torch::NoGradGuard no_grad;
  Codec codec(tiny());
  const Tensor frames = torch::randn({4000, 6}).matmul(torch::randn({6, 6})) + 3;
  codec->set_statistics(frames, 6, 0.5);
  const Tensor z = codec->standardise(frames);
  CHECK(z.mean().item<float>() == doctest::Approx(0).epsilon(0.01).scale(1));
  CHECK(z.square().mean().item<float>() == doctest::Approx(1).epsilon(0.01));
  CHECK((codec->restore(z) - frames).abs().max().item<float>() < 1e-3);
  codec->set_statistics(frames, 4, 1.0);
  CHECK(codec->standardise(frames).size(1) == 4);
  CHECK(codec->standardise(frames).var(0).min().item<float>() == doctest::Approx(1).epsilon(0.01));
}
