#include "acoustic/generator.h"

#include "core/error.h"
#include "tests/test.h"

using namespace tts;

namespace {

constexpr int64_t kSymbols = 7, kLatent = 3;

std::shared_ptr<FrameEncoder> tiny_encoder() {
  FrameEncoderOptions o;
  o.symbols = kSymbols;
  o.channels = 24;
  o.text_blocks = 1;
  o.frame_blocks = 1;
  o.dropout = o.symbol_dropout = 0;
  return std::make_shared<FrameEncoder>(o);
}

std::shared_ptr<Generator> tiny(const std::string& type, std::shared_ptr<FrameEncoder> encoder) {
  const nlohmann::json flow = {{"type", "flow"},
                               {"latent", kLatent},
                               {"mean_blocks", 1},
                               {"channels", 24},
                               {"blocks", 2},
                               {"dropout", 0.0},
                               {"condition_dropout", 0.0}};
  const nlohmann::json parallel = {
      {"type", "parallel"}, {"latent", kLatent}, {"blocks", 1}, {"dropout", 0.0}};
  return make_generator(Config(type == "flow" ? flow : parallel, "test"), encoder);
}

// Rows of different length; the last symbols of the second row are padding.
Condition two_rows() {
  Condition c;
  c.symbols = torch::tensor({{1, 2, 3, 4}, {5, 6, 0, 0}});
  c.attributes = torch::zeros({2, 4}, torch::kLong);
  c.symbol_lengths = torch::tensor({4, 2});
  c.durations = torch::tensor({{2, 3, 0, 4}, {3, 2, 0, 0}});
  c.log_f0 = torch::full({2, 9}, 5.2);
  c.voicing = torch::ones({2, 9});
  c.energy = torch::zeros({2, 9});
  return c;
}

Condition row(const Condition& c, int64_t i, int64_t symbols, int64_t frames) {
  Condition r = c;
  for (Tensor Condition::*f :
       {&Condition::symbols, &Condition::attributes, &Condition::durations}) {
    r.*f = (c.*f).slice(0, i, i + 1).slice(1, 0, symbols);
  }
  for (Tensor Condition::*f : {&Condition::log_f0, &Condition::voicing, &Condition::energy}) {
    r.*f = (c.*f).slice(0, i, i + 1).slice(1, 0, frames);
  }
  r.symbol_lengths = c.symbol_lengths.slice(0, i, i + 1);
  return r;
}

Sampling sampling(uint64_t seed) {
  Sampling s;
  s.seed = seed;
  s.utterances = {0, 1};
  s.steps = 4;
  return s;
}

}  // namespace

TEST_CASE("length regulator by hand") {
  const Tensor index = frame_to_symbol(torch::tensor({{2, 0, 1}, {1, 1, 0}}));
  CHECK(index[0].equal(torch::tensor({0, 0, 2})));
  CHECK(index[1].slice(0, 0, 2).equal(torch::tensor({0, 1})));
}

TEST_CASE("every generator: padding and neighbours never change a row") {
  for (const auto& type : generator_types()) {
    CAPTURE(type);
    torch::manual_seed(1);
    auto generator = tiny(type, tiny_encoder());
    generator->eval();
    const Condition both = two_rows();
    const Generation batch = generator->generate(both, sampling(5), {});
    CHECK(batch.frame_lengths.equal(torch::tensor({9, 5})));
    Sampling second = sampling(5);
    second.utterances = {1};
    const Generation alone = generator->generate(row(both, 1, 2, 5), second, {});
    CHECK((batch.latents[1].slice(0, 0, 5) - alone.latents[0]).abs().max().item<float>() < 1e-4);
  }
}

TEST_CASE("every generator: a row of one frame beside a row of 400 stays finite") {
  for (const auto& type : generator_types()) {
    CAPTURE(type);
    torch::manual_seed(1);
    auto generator = tiny(type, tiny_encoder());
    generator->eval();
    Condition both = two_rows();
    both.durations.zero_();
    both.durations[0][0] = 400;
    both.durations[1][0] = 1;
    both.log_f0 = torch::full({2, 400}, 5.0);
    both.voicing = both.energy = torch::zeros({2, 400});
    CHECK(generator->generate(both, sampling(5), {}).latents.isfinite().all().item<bool>());
  }
}

TEST_CASE("every generator: same seed, same frames; the sink can cancel") {
  for (const auto& type : generator_types()) {
    torch::manual_seed(1);
    auto generator = tiny(type, tiny_encoder());
    generator->eval();
    const Condition c = two_rows();
    const Tensor first = generator->generate(c, sampling(5), {}).latents;
    CHECK(first.equal(generator->generate(c, sampling(5), {}).latents));
    const bool random = !generator->options().empty();
    CHECK(first.equal(generator->generate(c, sampling(6), {}).latents) == !random);
    const auto stopped =
        generator->generate(c, sampling(5), [](const Tensor&, int64_t) { return false; });
    CHECK(stopped.stop == StopReason::kCancelled);
  }
}

TEST_CASE("every generator memorises two toy utterances") {
  for (const auto& type : generator_types()) {
    CAPTURE(type);
    torch::manual_seed(2);
    auto encoder = tiny_encoder();
    auto generator = tiny(type, encoder);
    Batch batch;
    batch.condition = two_rows();
    batch.frame_lengths = torch::tensor({9, 5});
    batch.latents = torch::sign(torch::randn({2, 9, kLatent}));
    std::vector<Tensor> parameters = encoder->parameters();
    for (const auto& p : generator->parameters()) parameters.push_back(p);
    torch::optim::Adam adam(parameters, torch::optim::AdamOptions(3e-3));
    for (int step = 0; step < 500; ++step) {
      torch::manual_seed(step);
      adam.zero_grad();
      generator->loss(batch).at("total").backward();
      adam.step();
    }
    generator->eval();
    Sampling s = sampling(1);
    s.temperature = 0.3;
    s.steps = 8;
    const Tensor out = torch::sign(generator->generate(batch.condition, s, {}).latents);
    CHECK(out[0].equal(batch.latents[0]));
    CHECK(out[1].slice(0, 0, 5).equal(batch.latents[1].slice(0, 0, 5)));
  }
}

TEST_CASE("unknown generators name the known ones") {
  CHECK_THROWS_WITH(
      make_generator(Config({{"type", "gan"}}, "voice.json: generators"), tiny_encoder()),
      doctest::Contains("known: flow, parallel"));
}
