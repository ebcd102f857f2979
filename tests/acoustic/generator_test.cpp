#include "acoustic/generator.h"

#include <set>

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

// Every type, and those of their forms that take other ways.
std::map<std::string, nlohmann::json> tiny_members() {
  const nlohmann::json tokens = {{"codebooks", kCodebooks},
                                 {"entries", kEntries},
                                 {"embedding", 8},
                                 {"condition_blocks", 1},
                                 {"channels", 24},
                                 {"blocks", 2},
                                 {"dropout", 0.0},
                                 {"condition_dropout", 0.0},
                                 {"code_noise", 0.0}};
  nlohmann::json masked = tokens, autoregressive = tokens;
  masked["type"] = "masked";
  autoregressive.update({{"type", "autoregressive"}, {"heads", 2}, {"code_mask", 0.0}});
  nlohmann::json delay = autoregressive, coarse_first = autoregressive;
  delay["order"] = "delay";
  coarse_first.update({{"order", "coarse_first"}, {"refine_blocks", 2}});
  return {
      {"autoregressive, coarse_first", coarse_first},
      {"autoregressive, delay", delay},
      {"flow",
       {{"type", "flow"},
        {"latent", kLatent},
        {"mean_blocks", 1},
        {"channels", 24},
        {"blocks", 2},
        {"dropout", 0.0},
        {"condition_dropout", 0.0},
        {"infill", true}}},
      {"masked", masked},
      {"parallel", {{"type", "parallel"}, {"latent", kLatent}, {"blocks", 1}, {"dropout", 0.0}}}};
}

std::vector<std::string> member_names() {
  std::vector<std::string> names;
  for (const auto& [name, json] : tiny_members()) names.push_back(name);
  return names;
}

std::shared_ptr<Generator> tiny(const std::string& member, std::shared_ptr<FrameEncoder> encoder) {
  return make_generator(Config(tiny_members().at(member), "test"), encoder);
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
  for (const auto& type : member_names()) {
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
  for (const auto& type : member_names()) {
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
  for (const auto& type : member_names()) {
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
  for (const auto& type : member_names()) {
    CAPTURE(type);
    torch::manual_seed(1);
    auto generator = tiny(type, tiny_encoder());
    {
      // A fresh network hardly prefers one code to another.
      torch::NoGradGuard no_grad;
      for (auto& parameter : generator->parameters()) parameter.mul_(2);
    }
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

namespace {

void learn(Generator& generator, FrameEncoder& encoder, const Batch& batch, int steps) {
  std::vector<Tensor> parameters = encoder.parameters();
  for (const auto& p : generator.parameters()) parameters.push_back(p);
  torch::optim::Adam adam(parameters, torch::optim::AdamOptions(3e-3));
  for (int step = 0; step < steps; ++step) {
    torch::manual_seed(step);
    adam.zero_grad();
    generator.loss(batch).at("total").backward();
    adam.step();
  }
  generator.eval();
}

// What was made, as training data has it: codes, or the signs of latents.
Tensor made_frames(const Generation& generation) {
  return generation.codes.defined() ? generation.codes : torch::sign(generation.latents);
}

}  // namespace

TEST_CASE("the tests cover every type of generator") {
  std::set<std::string> types;
  for (const auto& [name, json] : tiny_members()) types.insert(json.at("type"));
  const auto known = generator_types();
  CHECK(types == std::set<std::string>(known.begin(), known.end()));
}

// Two recordings of the same text, told apart by their frames alone.
TEST_CASE("known frames stay, and the rest follows them") {
  for (const auto& type : member_names()) {
    CAPTURE(type);
    torch::manual_seed(3);
    auto encoder = tiny_encoder();
    auto generator = tiny(type, encoder);
    if (!generator->infills()) continue;
    Batch batch;
    batch.condition = row(two_rows(), 0, 4, 9);
    for (Tensor Condition::*f : {&Condition::symbols,
                                 &Condition::attributes,
                                 &Condition::durations,
                                 &Condition::log_f0,
                                 &Condition::voicing,
                                 &Condition::energy,
                                 &Condition::symbol_lengths,
                                 &Condition::language,
                                 &Condition::speakers})
      batch.condition.*f = torch::cat({batch.condition.*f, batch.condition.*f});
    batch.frame_lengths = torch::tensor({9, 9});
    const Tensor latents = torch::sign(torch::randn({1, 9, kLatent}));
    batch.latents = torch::cat({latents, -latents});
    const Tensor codes = torch::randint(kEntries, {1, 9, kCodebooks}, torch::kLong);
    batch.codes = torch::cat({codes, (codes + 1) % kEntries});
    learn(*generator, *encoder, batch, 400);
    Condition told = batch.condition;
    const Tensor index = torch::arange(9);
    told.known_mask = ((index < 3) | (index > 5)).unsqueeze(0).expand({2, -1});
    told.known_latents = batch.latents;
    told.known_codes = batch.codes;
    Sampling s = sampling(1);
    s.temperature = 0.3;
    s.steps = 8;
    const Tensor made = made_frames(generator->generate(told, s, {}));
    CHECK(made.equal(made.is_floating_point() ? batch.latents : batch.codes));
    // Wrong frames in the middle are kept all the same.
    told.known_mask = (index == 4).unsqueeze(0).expand({2, -1});
    told.known_latents = batch.latents * 5;
    told.known_codes = (batch.codes + 3) % kEntries;
    const Generation kept = generator->generate(told, s, {});
    if (kept.codes.defined()) {
      CHECK(kept.codes.select(1, 4).equal(told.known_codes.select(1, 4)));
    } else {
      CHECK(kept.latents.select(1, 4).equal(told.known_latents.select(1, 4)));
    }
  }
}

TEST_CASE("every generator memorises two toy utterances") {
  for (const auto& type : member_names()) {
    CAPTURE(type);
    torch::manual_seed(2);
    auto encoder = tiny_encoder();
    auto generator = tiny(type, encoder);
    Batch batch;
    batch.condition = two_rows();
    batch.frame_lengths = torch::tensor({9, 5});
    batch.latents = torch::sign(torch::randn({2, 9, kLatent}));
    batch.codes = torch::randint(kEntries, {2, 9, kCodebooks}, torch::kLong);
    learn(*generator, *encoder, batch, 400);
    Sampling s = sampling(1);
    s.temperature = 0.3;
    s.steps = 8;
    const Generation out = generator->generate(batch.condition, s, {});
    const Tensor made = made_frames(out);
    const Tensor& truth = out.codes.defined() ? batch.codes : batch.latents;
    CHECK(made[0].equal(truth[0]));
    CHECK(made[1].slice(0, 0, 5).equal(truth[1].slice(0, 0, 5)));
  }
}

TEST_CASE("unknown generators name the known ones") {
  CHECK_THROWS_WITH(
      make_generator(Config({{"type", "gan"}}, "voice.json: generators"), tiny_encoder()),
      doctest::Contains("known: autoregressive, flow, masked, parallel"));
}
