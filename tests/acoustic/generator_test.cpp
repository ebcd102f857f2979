#include "acoustic/generator.h"

#include "core/error.h"
#include "tests/test.h"

using namespace tts;

namespace {

constexpr int64_t kSymbols = 7, kLatent = 3, kCodebooks = 3, kEntries = 7;

std::shared_ptr<FrameEncoder> tiny_encoder() {
  FrameEncoderOptions o;
  o.symbols = kSymbols;
  o.channels = 24;
  o.text_blocks = 1;
  o.frame_blocks = 1;
  o.dropout = o.symbol_dropout = 0;
  o.languages = 2;
  o.speaker_vector = 3;
  return std::make_shared<FrameEncoder>(o);
}

std::shared_ptr<Generator> tiny(const std::string& type, std::shared_ptr<FrameEncoder> encoder) {
  const std::map<std::string, nlohmann::json> members = {
      {"autoregressive",
       {{"type", "autoregressive"},
        {"codebooks", kCodebooks},
        {"entries", kEntries},
        {"embedding", 8},
        {"channels", 24},
        {"heads", 2},
        {"blocks", 2},
        {"dropout", 0.0},
        {"condition_dropout", 0.0},
        {"code_noise", 0.0},
        {"code_mask", 0.0}}},
      {"flow",
       {{"type", "flow"},
        {"latent", kLatent},
        {"mean_blocks", 1},
        {"channels", 24},
        {"blocks", 2},
        {"dropout", 0.0},
        {"condition_dropout", 0.0}}},
      {"masked",
       {{"type", "masked"},
        {"codebooks", kCodebooks},
        {"entries", kEntries},
        {"embedding", 8},
        {"channels", 24},
        {"blocks", 2},
        {"dropout", 0.0},
        {"condition_dropout", 0.0},
        {"code_noise", 0.0}}},
      {"parallel", {{"type", "parallel"}, {"latent", kLatent}, {"blocks", 1}, {"dropout", 0.0}}}};
  return make_generator(Config(members.at(type), "test"), encoder);
}

// What a generator wrote: latents or codes.
Tensor frames_of(const Generation& generation) {
  return generation.latents.defined() ? generation.latents : generation.codes.to(torch::kFloat);
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
  c.language = torch::tensor({0, 1});
  c.speakers = torch::tensor({{{1.0f, 0.0f, 0.0f}}, {{0.0f, 0.6f, 0.8f}}});
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
  for (Tensor Condition::*f :
       {&Condition::symbol_lengths, &Condition::language, &Condition::speakers}) {
    r.*f = (c.*f).slice(0, i, i + 1);
  }
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
    CHECK((frames_of(batch)[1].slice(0, 0, 5) - frames_of(alone)[0]).abs().max().item<float>() <
          1e-4);
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
    CHECK(frames_of(generator->generate(both, sampling(5), {})).isfinite().all().item<bool>());
  }
}

TEST_CASE("every generator: same seed, same frames; the sink can cancel") {
  for (const auto& type : generator_types()) {
    torch::manual_seed(1);
    auto generator = tiny(type, tiny_encoder());
    generator->eval();
    const Condition c = two_rows();
    const Tensor first = frames_of(generator->generate(c, sampling(5), {}));
    CHECK(first.equal(frames_of(generator->generate(c, sampling(5), {}))));
    const bool random = !generator->options().empty();
    CHECK(first.equal(frames_of(generator->generate(c, sampling(6), {}))) == !random);
    const auto stopped =
        generator->generate(c, sampling(5), [](const Tensor&, int64_t) { return false; });
    CHECK(stopped.stop == StopReason::kCancelled);
  }
}

TEST_CASE("every generator: the speaker and the language are heard") {
  for (const auto& type : generator_types()) {
    CAPTURE(type);
    torch::manual_seed(1);
    auto generator = tiny(type, tiny_encoder());
    generator->eval();
    const Condition c = two_rows();
    const Tensor first = frames_of(generator->generate(c, sampling(5), {}));
    Condition other = c;
    other.language = torch::tensor({1, 1});
    const Tensor spoken = frames_of(generator->generate(other, sampling(5), {}));
    CHECK(!spoken[0].equal(first[0]));
    CHECK(spoken[1].equal(first[1]));
    other = c;
    other.speakers = c.speakers.flip(0);
    CHECK(!frames_of(generator->generate(other, sampling(5), {})).equal(first));
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
    batch.codes = torch::randint(kEntries, {2, 9, kCodebooks}, torch::kLong);
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
    const Generation out = generator->generate(batch.condition, s, {});
    const bool tokens = out.codes.defined();
    const Tensor made = tokens ? out.codes : torch::sign(out.latents);
    const Tensor& truth = tokens ? batch.codes : batch.latents;
    CHECK(made[0].equal(truth[0]));
    CHECK(made[1].slice(0, 0, 5).equal(truth[1].slice(0, 0, 5)));
  }
}

TEST_CASE("unknown generators name the known ones") {
  CHECK_THROWS_WITH(
      make_generator(Config({{"type", "gan"}}, "voice.json: generators"), tiny_encoder()),
      doctest::Contains("known: autoregressive, flow, masked, parallel"));
}
