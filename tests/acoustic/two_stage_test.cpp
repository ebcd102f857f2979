#include "acoustic/two_stage/two_stage.h"

#include "core/error.h"
#include "tests/acoustic/tiny_generators.h"
#include "tests/test.h"

using namespace tts;

TEST_CASE("two_stage: durations along a diagonal, by hand") {
  // Four frames look at a, a, c, c; b is passed over.
  const Tensor attention = torch::tensor(
      {{{0.9f, 0.1f, 0.0f}, {0.8f, 0.1f, 0.1f}, {0.1f, 0.2f, 0.7f}, {0.3f, 0.1f, 0.6f}},
       {{0.1f, 0.9f, 0.0f}, {0.9f, 0.1f, 0.0f}, {0.0f, 0.0f, 0.0f}, {0.0f, 0.0f, 0.0f}}});
  const Tensor durations = durations_along(attention, torch::tensor({4, 1}), torch::tensor({3, 2}));
  CHECK(durations.equal(torch::tensor({{2, 0, 2}, {0, 1, 0}})));
  // One step back costs more than to stay: the path never goes left.
  const Tensor back = torch::tensor({{{0.1f, 0.9f}, {0.8f, 0.2f}, {0.1f, 0.9f}}});
  CHECK(
      durations_along(back, torch::tensor({3}), torch::tensor({2})).equal(torch::tensor({{0, 3}})));
}

TEST_CASE("two_stage: of durations the sum alone counts, and of F0 and energy nothing") {
  torch::manual_seed(5);
  auto generator = tiny("two_stage", tiny_encoder());
  generator->eval();
  CHECK(!generator->follows_prosody());
  const Condition c = two_rows();
  const Generation first = generator->generate(c, sampling(5), {});
  CHECK(first.durations.sum(1).equal(torch::tensor({9, 5})));
  Condition other = c;
  other.durations = torch::tensor({{4, 1, 3, 1}, {1, 4, 0, 0}});
  other.log_f0 = c.log_f0 + 1;
  other.energy = c.energy + 1;
  CHECK(generator->generate(other, sampling(5), {}).codes.equal(first.codes));
  other.durations = Tensor();
  other.total_frames = torch::tensor({9, 5});
  CHECK(generator->generate(other, sampling(5), {}).codes.equal(first.codes));
}

TEST_CASE(
    "two_stage: symbols are expected in their order, within the frames, whatever the padding") {
  torch::manual_seed(8);
  SemanticNetworkOptions o;
  o.text = o.channels = 8;
  SemanticNetwork network(o);
  SemanticNetworkImpl::Told told;
  told.text = torch::randn({2, 5, 8});
  told.symbol_lengths = torch::tensor({5, 3});
  told.frame_lengths = torch::tensor({40, 12});
  const Tensor both = network->centres(told);
  CHECK((both.diff(1, 1).slice(1, 0, 2) > 0).all().item<bool>());
  CHECK((both[0] < 40).all().item<bool>());
  CHECK((both[1].slice(0, 0, 3) < 12).all().item<bool>());
  told.text = told.text.slice(0, 1).slice(1, 0, 3);
  told.symbol_lengths = torch::tensor({3});
  told.frame_lengths = torch::tensor({12});
  CHECK(torch::allclose(network->centres(told)[0], both[1].slice(0, 0, 3)));
}

TEST_CASE("two_stage: the steps of both stages and guidance are followed") {
  torch::manual_seed(6);
  auto generator = tiny("two_stage", tiny_encoder());
  generator->eval();
  const auto codes = [&](int64_t steps, std::vector<int64_t> level_steps, double guidance) {
    Sampling s = sampling(5);
    s.temperature = 1;
    s.steps = steps;
    s.level_steps = std::move(level_steps);
    s.guidance = guidance;
    return generator->generate(two_rows(), s, {}).codes;
  };
  const Tensor plain = codes(4, {4, 2, 1}, 1);
  CHECK(codes(4, {}, 1).equal(plain));  // halved from level to level
  CHECK(!codes(2, {4, 2, 1}, 1).equal(plain));
  CHECK(!codes(4, {1}, 1).equal(plain));
  CHECK(!codes(4, {4, 2, 1}, 8).equal(plain));
}

TEST_CASE("two_stage: semantic tokens that are missing or too many are named") {
  torch::manual_seed(7);
  auto generator = tiny("two_stage", tiny_encoder());
  Batch batch;
  batch.condition = two_rows();
  batch.frame_lengths = torch::tensor({9, 5});
  batch.codes = torch::randint(kEntries, {2, 9, kCodebooks}, torch::kLong);
  CHECK_THROWS_WITH(generator->loss(batch), doctest::Contains("--semantic"));
  batch.semantic = torch::full({2, 9}, kSemantic, torch::kLong);
  CHECK_THROWS_WITH(generator->loss(batch), doctest::Contains("has 9 semantic tokens"));
}

TEST_CASE("two_stage: sizes that heads do not divide are refused") {
  nlohmann::json json = tiny_members().at("two_stage");
  json["semantic_channels"] = 25;
  CHECK_THROWS_WITH(make_generator(Config(json, "voice.json"), tiny_encoder()),
                    doctest::Contains("must be a multiple of twice \"heads\", 4"));
}
