#include "acoustic/generator.h"

#include <numeric>
#include <set>

#include "core/error.h"
#include "core/join.h"
#include "tests/acoustic/tiny_generators.h"
#include "tests/finite_differences.h"
#include "tests/test.h"

using namespace tts;

namespace {

// The second row of a batch is what it is alone.
void check_second_row(const std::string& type, const Sampling& both, const Sampling& alone) {
  CAPTURE(type);
  torch::manual_seed(1);
  auto generator = tiny(type, tiny_encoder());
  generator->eval();
  const Condition rows = two_rows();
  const Generation batch = generator->generate(rows, both, {});
  CHECK(batch.frame_lengths.equal(torch::tensor({9, 5})));
  const Generation single = generator->generate(row(rows, 1, 2, 5), alone, {});
  CHECK((frames_of(batch)[1].slice(0, 0, 5) - frames_of(single)[0]).abs().max().item<float>() <
        1e-4);
}

}  // namespace

TEST_CASE("length regulator by hand") {
  const Tensor index = frame_to_symbol(torch::tensor({{2, 0, 1}, {1, 1, 0}}));
  CHECK(index[0].equal(torch::tensor({0, 0, 2})));
  CHECK(index[1].slice(0, 0, 2).equal(torch::tensor({0, 1})));
}

TEST_CASE("every generator: padding and neighbours never change a row") {
  Sampling second = sampling(5);
  second.utterances = {1};
  for (const auto& type : member_names()) check_second_row(type, sampling(5), second);
}

TEST_CASE("every generator: rows of different requests are drawn from their own seeds") {
  Sampling mixed = sampling(5), second = sampling(6);
  mixed.seeds = {5, 6};
  mixed.utterances = {0, 3};
  second.utterances = {3};
  for (const auto& type : member_names()) check_second_row(type, mixed, second);
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
    const bool random = contains(generator->options(), "temperature");
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
    Condition foreign = c, other = c;
    foreign.language = torch::tensor({1, 1});
    other.speakers = c.speakers.flip(0);
    bool language_heard = false, speaker_heard = false;
    // One draw of codes may come out the same by chance.
    for (uint64_t seed = 5; seed < 13; ++seed) {
      const Tensor first = frames_of(generator->generate(c, sampling(seed), {}));
      const Tensor spoken = frames_of(generator->generate(foreign, sampling(seed), {}));
      language_heard = language_heard || !spoken[0].equal(first[0]);
      CHECK(spoken[1].equal(first[1]));
      speaker_heard =
          speaker_heard || !frames_of(generator->generate(other, sampling(seed), {})).equal(first);
    }
    CHECK(language_heard);
    CHECK(speaker_heard);
  }
}

TEST_CASE("the tests cover every type of generator") {
  std::set<std::string> types;
  for (const auto& [name, json] : tiny_members()) types.insert(json.at("type"));
  const auto known = generator_types();
  CHECK(types == std::set<std::string>(known.begin(), known.end()));
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
    batch.codes = codes_for(type);
    batch.semantic = torch::randint(kSemantic, {2, 9}, torch::kLong);
    Sampling s = sampling(1);
    s.temperature = 0.3;
    s.steps = 8;
    CHECK(learn(*generator, *encoder, batch, [&] {
      const Generation out = generator->generate(batch.condition, s, {});
      const Tensor made = made_frames(out);
      const Tensor& truth = out.codes.defined() ? batch.codes : batch.latents;
      return made[0].equal(truth[0]) && made[1].slice(0, 0, 5).equal(truth[1].slice(0, 0, 5));
    }));
  }
}

TEST_CASE("shortcuts: one step chooses a side as many do, where a plain flow's stays between") {
  // Rows of +1 or of −1, and nothing that says which.
  for (const bool shortcut : {false, true}) {
    CAPTURE(shortcut);
    torch::manual_seed(4);
    auto encoder = tiny_encoder();
    auto generator = tiny(shortcut ? "flow, shortcut" : "flow", encoder);
    constexpr int64_t kRows = 32;
    Batch batch;
    const Condition one = row(two_rows(), 0, 4, 9);
    batch.condition = many_rows(one, kRows);
    batch.frame_lengths = torch::full({kRows}, 9, torch::kLong);
    Sampling s = sampling(1);
    s.temperature = s.guidance = 1;
    s.utterances.resize(kRows);
    std::iota(s.utterances.begin(), s.utterances.end(), 0);
    const auto made = [&](int64_t steps) {
      s.steps = steps;
      return generator->generate(batch.condition, s, {}).latents;
    };
    // Mean distance of rows from the middle: 1 where each has chosen its side.
    const auto decided = [&] { return made(8).mean({1, 2}).abs().mean().item<double>(); };
    // How far one step ends from where eight do.
    const auto off = [&] { return (made(1) - made(8)).abs().mean().item<double>(); };
    std::vector<Tensor> parameters = generator->parameters();
    for (const auto& p : encoder->parameters()) parameters.push_back(p);
    const auto loss = [&] {
      batch.latents =
          (torch::randint(0, 2, {kRows, 1, 1}) * 2.0 - 1).expand({kRows, 9, kLatent}).contiguous();
      return generator->loss(batch).at("total");
    };
    CHECK(learn(parameters, loss, [&] { return decided() > 0.9 && (!shortcut || off() < 0.35); }));
    if (!shortcut) CHECK(off() > 0.38);
  }
}

TEST_CASE("shortcuts: guidance beyond what is learnt is refused") {
  auto generator = tiny("flow, shortcut", tiny_encoder());
  Sampling s = sampling(1);
  for (const double guidance : {0.5, 3.5}) {
    s.guidance = guidance;
    CHECK_THROWS_AS(generator->generate(two_rows(), s, {}), Error);
  }
  CHECK(generator->defaults().steps == 2);
}

TEST_CASE("finite differences: every generator's loss") {
  for (const auto& type : member_names()) {
    if (type == "flow, shortcut") continue;  // learns from its own steps, which stand still for it
    CAPTURE(type);
    torch::manual_seed(2);
    auto encoder = tiny_encoder();
    auto generator = tiny(type, encoder);
    Batch batch;
    batch.condition = two_rows();
    batch.frame_lengths = torch::tensor({9, 5});
    batch.latents = torch::randn({2, 9, kLatent});
    batch.codes = torch::randint(kEntries, {2, 9, kCodebooks}, torch::kLong);
    batch.semantic = torch::randint(kSemantic, {2, 9}, torch::kLong);
    // Gates that begin at zero would leave nothing to measure.
    for (auto& parameter : generator->parameters())
      parameter.data().add_(torch::randn_like(parameter), 0.05);
    std::vector<Tensor> parameters;
    for (const auto& p : generator->named_parameters()) {
      // The flow is told the mean, but does not teach it; rounding is taught as if it were not.
      const bool straight = p.key().rfind("mean_", 0) != 0 && p.key().rfind("bottleneck", 0) != 0;
      if (type.rfind("flow", 0) != 0 || straight) parameters.push_back(p.value());
    }
    CHECK(gradient_error(
              [&] {
                torch::manual_seed(7);
                return generator->loss(batch).at("total");
              },
              parameters) < 0.03);
  }
}

TEST_CASE("unknown generators name the known ones") {
  CHECK_THROWS_WITH(
      make_generator(Config({{"type", "gan"}}, "voice.json: generators"), tiny_encoder()),
      doctest::Contains("known: autoregressive, flow, masked, parallel, two_stage"));
}
