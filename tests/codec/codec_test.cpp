#include "codec/codec.h"

#include "tests/test.h"

using namespace tts;

namespace {

CodecOptions tiny() {
  CodecOptions o;
  o.encoder = {100, 8, 1, 12, 1, 6};
  o.quantiser = {6, 3, 16};
  return o;
}

}  // namespace

TEST_CASE(
    "Residual quantiser: any smaller number of codebooks decodes, codes survive a round trip") {
  torch::manual_seed(1);
  torch::NoGradGuard no_grad;
  ResidualQuantiser quantiser(QuantiserOptions{6, 3, 16});
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

TEST_CASE(
    "Residual quantiser: merged frames share the code of their mean, the rest corrects each") {
  torch::manual_seed(1);
  torch::NoGradGuard no_grad;
  ResidualQuantiser quantiser(QuantiserOptions{6, 3, 16});
  quantiser->initialise(torch::randn({400, 6}));
  const Tensor latents = torch::randn({2, 7, 6});
  const Tensor codes = quantiser->encode(latents, 2), plain = quantiser->encode(latents);
  CHECK(codes.sizes() == plain.sizes());
  const Tensor first = codes.select(2, 0);
  CHECK(first.slice(1, 0, 6, 2).equal(first.slice(1, 1, 7, 2)));
  CHECK(
      first.select(1, 6).equal(plain.select(2, 0).select(1, 6)));  // a frame alone is its own mean
  const Tensor means = latents.slice(1, 0, 6).view({2, 3, 2, 6}).mean(2);
  CHECK(first.slice(1, 0, 6, 2).equal(quantiser->encode(means).select(2, 0)));
  const auto left = [&](const Tensor& c, int64_t levels) {
    return (latents - quantiser->decode(c.slice(2, 0, levels))).square().sum().item<float>();
  };
  CHECK(left(codes, 3) < left(codes, 1));
  CHECK(left(plain, 1) < left(codes, 1));
  CHECK(quantiser->encode(latents, 1).equal(plain));
}

TEST_CASE("Residual quantiser: the gradient passes straight through, the rest is a share") {
  torch::manual_seed(2);
  ResidualQuantiser quantiser(QuantiserOptions{3, 2, 8});
  const Tensor x = torch::randn({2, 5, 3}).requires_grad_();
  const Tensor weights = torch::randn({2, 5, 3});
  (quantiser->forward(x).quantised * weights).sum().backward();
  CHECK((x.grad() - weights).abs().max().item<float>() < 1e-6);
  // Latents and entries ten times larger leave the same share.
  const float left = quantiser->forward(x).commitment.item<float>();
  torch::NoGradGuard no_grad;
  for (auto& buffer : quantiser->named_buffers()) {
    if (buffer.key().find("entries") != std::string::npos) buffer.value().mul_(10);
  }
  CHECK(quantiser->forward(x * 10).commitment.item<float>() == doctest::Approx(left));
}

TEST_CASE("Residual quantiser: every level leaves less, starting and following") {
  torch::manual_seed(3);
  torch::NoGradGuard no_grad;
  ResidualQuantiser quantiser(QuantiserOptions{6, 3, 32});
  const Tensor mixed = torch::randn({6, 6});
  const auto frames = [&](int64_t count) { return torch::matmul(torch::randn({count, 6}), mixed); };
  quantiser->initialise(frames(2000));
  const Tensor unseen = frames(500).unsqueeze(0);
  const auto left = [&](int64_t levels) {
    return quantiser->forward(unseen, torch::tensor({levels})).commitment.item<float>();
  };
  CHECK(left(1) < 0.5);
  CHECK(left(2) < 0.6 * left(1));
  CHECK(left(3) < 0.6 * left(2));
  // The latents move; the entries come after them.
  const Tensor shift = torch::randn({1, 1, 6}) * 10;
  const auto shifted_left = [&] {
    return quantiser->forward(unseen + shift).commitment.item<float>();
  };
  const float lost = shifted_left(), before = left(3);
  const auto learn = [&](const Tensor& latents) {
    return quantiser->follow(latents, quantiser->encode(latents));
  };
  for (int i = 0; i < 600; ++i) learn(frames(100).unsqueeze(0) + shift);
  CHECK(lost > 4 * before);
  CHECK(shifted_left() < 1.5 * before);
}

TEST_CASE("Residual quantiser: entries that nothing chooses are put back to work") {
  torch::manual_seed(4);
  ResidualQuantiser quantiser(QuantiserOptions{4, 1, 64});
  const Tensor frames = torch::randn({1, 400, 4}) * 0.1 + 50;  // far from all entries
  int64_t replaced = 0;
  for (int i = 0; i < 700; ++i) replaced += quantiser->follow(frames, quantiser->encode(frames));
  CHECK(replaced >= 60);
  const Tensor used = std::get<0>(torch::_unique(quantiser->encode(frames)));
  CHECK(used.numel() > 48);
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

TEST_CASE("Codec: what the codes of a frame stand for adds up to its standardised latents") {
  torch::manual_seed(6);
  torch::NoGradGuard no_grad;
  Codec codec(tiny());
  codec->set_statistics(torch::randn({500, 6}).matmul(torch::randn({6, 6})) + 3, 4, 0.5);
  const Tensor meanings = codec->code_meanings();  // [Q, entries, K]
  const int64_t levels = meanings.size(0);
  const Tensor codes = torch::randint(meanings.size(1), {1, 5, levels}, torch::kLong);
  Tensor sum = torch::zeros({1, 5, 4});
  for (int64_t q = 0; q < levels; ++q)
    sum += torch::embedding(meanings[q].contiguous(), codes.select(2, q));
  CHECK((sum - codec->standardise(codec->decode(codes))).abs().max().item<float>() < 1e-4);
}

TEST_CASE("a band-aware codec does not hear what lies above a recording's limit; others do") {
  torch::manual_seed(2);
  torch::NoGradGuard no_grad;
  CodecOptions aware = tiny();
  aware.encoder.band_aware = true;
  CHECK(CodecOptions::from(Config(aware.to_json(), "c")).encoder.band_aware);
  CHECK_FALSE(tiny().to_json()["encoder"].contains("band_aware"));

  Codec codec(aware);
  const Tensor index = torch::arange(9600, torch::kFloat) * (2 * M_PI / 24000);
  const Tensor low = torch::sin(index * 700).unsqueeze(0) * 0.1;
  // Swelling, or its beginning would be heard at every frequency.
  const Tensor high = (torch::sin(index * 9000) * torch::hann_window(9600)).unsqueeze(0) * 0.01;
  const Tensor limit = torch::tensor({8000.0}, torch::kDouble);
  const auto apart = [](const Tensor& a, const Tensor& b) {
    return (a - b).abs().max().item<float>();
  };
  const float heard = apart(codec->latents(low), codec->latents(low + high));
  CHECK(heard > 1e-2);
  CHECK(apart(codec->latents(low, limit), codec->latents(low + high, limit)) < 0.05 * heard);
  CHECK(apart(codec->latents(low), codec->latents(low, limit)) > 1e-2);  // a silence is not a gap
  const Tensor whole = torch::tensor({12000.0}, torch::kDouble);
  CHECK(apart(codec->latents(low), codec->latents(low, whole)) == 0);
  // Each row has its own limit.
  const Tensor rows = codec->latents(torch::cat({low, low}), torch::cat({limit, whole}));
  CHECK(apart(rows[0], codec->latents(low, limit)[0]) < 1e-4);
  CHECK(apart(rows[1], codec->latents(low)[0]) < 1e-4);

  codec->set_band_aware(false);
  CHECK(apart(codec->latents(low, limit), codec->latents(low)) == 0);
}
