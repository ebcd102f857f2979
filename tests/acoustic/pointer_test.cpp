// Autoregressive generators that set durations themselves.
#include "acoustic/autoregressive/pointer.h"

#include <algorithm>

#include "core/join.h"
#include "tests/acoustic/tiny_generators.h"
#include "tests/test.h"

using namespace tts;

TEST_CASE("pointer: walks over every symbol that has frames, once, within its limits") {
  Sampling s = sampling(3);
  s.pointer_temperature = 1;
  const Tensor planned = torch::tensor({{2, 0, 3, 1}, {4, 2, 0, 0}});
  PointerWalk walk(planned, s);
  torch::manual_seed(1);
  std::vector<int64_t> places;
  for (int64_t step = 0; !walk.done(); ++step) {
    REQUIRE(step < walk.most_frames());
    places.push_back(walk.place()[0][0].item<int64_t>());
    walk.advance(torch::rand({2, 1}) * 0.5);
  }
  const Tensor durations = walk.durations();
  CHECK((durations > 0).equal(planned > 0));
  CHECK((durations <= (planned * PointerWalk::kLongest).ceil() + 1).all().item<bool>());
  CHECK(walk.lengths().equal(durations.sum(1)));
  CHECK(std::is_sorted(places.begin(), places.end()));
  CHECK(places.front() == 0);
  CHECK(places.back() == 5);  // the last planned frame of the last symbol
  PointerWalk impatient(planned, s), stubborn(planned, s);
  while (!impatient.done()) impatient.advance(torch::ones({2, 1}));
  CHECK(impatient.durations().equal((planned > 0).to(torch::kLong)));
  while (!stubborn.done()) stubborn.advance(torch::zeros({2, 1}));
  CHECK(stubborn.lengths().max().item<int64_t>() == stubborn.most_frames());
}

TEST_CASE("pointer: a plan for training leads over the planned frames in order") {
  torch::manual_seed(5);
  Condition c = two_rows();
  c.durations = torch::tensor({{2, 3, 0, 4}, {3, 2, 0, 0}}).repeat({8, 1});
  c.log_f0 = torch::arange(9).to(torch::kFloat).repeat({16, 1});
  c.voicing = c.energy = torch::zeros({16, 9});
  const PointerPlan plan = draw_pointer_plan(c);
  CHECK(plan.free.sum().item<double>() > 0);
  CHECK(plan.free.sum().item<double>() < 16);
  CHECK((plan.condition.durations > 0).equal(c.durations > 0));
  CHECK(!plan.condition.durations.equal(c.durations));
  for (int64_t b = 0; b < 16; ++b) {
    const int64_t frames = c.durations[b].sum().item<int64_t>();
    const Tensor place = plan.place[b].slice(0, 0, frames);
    CHECK((place.slice(0, 1) >= place.slice(0, 0, -1)).all().item<bool>());
    CHECK(plan.last[b].slice(0, 0, frames).sum().item<double>() ==
          (c.durations[b] > 0).sum().item<double>());
    const int64_t planned = plan.condition.durations[b].sum().item<int64_t>();
    const Tensor contour = plan.condition.log_f0[b].slice(0, 0, planned);
    CHECK(contour.max().item<float>() < static_cast<float>(frames));
    if (plan.free[b].item<float>() == 0) {
      CHECK(place.equal(torch::arange(frames)));
      CHECK(contour.equal(c.log_f0[b].slice(0, 0, frames)));
    }
  }
}

TEST_CASE(
    "pointer: batches change nothing, durations are those of the sound, known frames keep the "
    "plan") {
  torch::manual_seed(4);
  auto encoder = tiny_encoder();
  auto generator = tiny("autoregressive, coarse_first, pointer", encoder);
  generator->eval();
  CHECK(contains(generator->options(), "pointer"));
  const Condition c = two_rows();
  Sampling s = sampling(5);
  s.pointer = true;
  const Generation made = generator->generate(c, s, {});
  CHECK(made.frame_lengths.equal(made.durations.sum(1)));
  CHECK(made.codes.size(1) == made.frame_lengths.max().item<int64_t>());
  CHECK(!made.durations.equal(c.durations));
  CHECK((made.durations > 0).equal(c.durations > 0));
  Sampling second = s;
  second.utterances = {1};
  const Generation alone = generator->generate(row(c, 1, 2, 5), second, {});
  const int64_t frames = alone.frame_lengths[0].item<int64_t>();
  CHECK(made.frame_lengths[1].item<int64_t>() == frames);
  CHECK(made.codes[1].slice(0, 0, frames).equal(alone.codes[0]));
  s.guidance = 2;
  CHECK(!generator->generate(c, s, {}).codes.equal(made.codes));
  const auto stopped = generator->generate(c, s, [](const Tensor&, int64_t) { return false; });
  CHECK(stopped.stop == StopReason::kCancelled);
  Condition known = c;
  known.known_codes = torch::zeros({2, 9, kCodebooks}, torch::kLong);
  known.known_mask = torch::zeros({2, 9}, torch::kBool);
  known.known_mask.slice(1, 0, 2).fill_(true);
  CHECK(generator->generate(known, s, {}).codes.size(1) == 9);
}

TEST_CASE("pointer: at the planned durations it writes what is written without it") {
  torch::manual_seed(4);
  auto generator = tiny("autoregressive, coarse_first, pointer", tiny_encoder());
  generator->eval();
  {
    torch::NoGradGuard no_grad;
    auto parameters = generator->named_parameters();
    parameters["pointer.told.weight"].normal_();
    parameters["pointer.leaves.weight"].zero_();
    // Half of all symbols last longer than one frame, but not than two.
    parameters["pointer.leaves.bias"].fill_(-0.4);
  }
  Condition c = two_rows();
  c.durations = torch::tensor({{2, 2, 0, 2}, {2, 2, 0, 0}});
  for (Tensor Condition::*f : {&Condition::log_f0, &Condition::voicing, &Condition::energy})
    c.*f = (c.*f).slice(1, 0, 6);
  Sampling s = sampling(5);
  s.guidance = 1.5;
  s.pointer_temperature = 0;
  const Generation planned = generator->generate(c, s, {});
  s.pointer = true;
  const Generation pointed = generator->generate(c, s, {});
  CHECK(pointed.durations.equal(c.durations));
  CHECK(pointed.codes.equal(planned.codes));
}

TEST_CASE("pointer: finds the durations that it learnt, whatever the plan says") {
  torch::manual_seed(2);
  auto encoder = tiny_encoder();
  const std::string member = "autoregressive, coarse_first, pointer";
  auto generator = tiny(member, encoder);
  Batch batch;
  batch.condition = two_rows();
  batch.frame_lengths = torch::tensor({9, 5});
  batch.codes = codes_for(member);
  Sampling s = sampling(1);
  s.temperature = 0.3;
  s.pointer = true;
  s.pointer_temperature = 0;
  const auto follows = [&](const Tensor& plan) {
    Condition planned = batch.condition;
    planned.durations = plan;
    const Generation made = generator->generate(planned, s, {});
    return made.durations.equal(batch.condition.durations) && made.codes[0].equal(batch.codes[0]) &&
           made.codes[1].slice(0, 0, 5).equal(batch.codes[1].slice(0, 0, 5));
  };
  const Tensor wrong = torch::tensor({{3, 2, 0, 4}, {2, 3, 0, 0}});
  CHECK(learn(*generator, *encoder, batch, [&] {
    return follows(batch.condition.durations) && follows(wrong);
  }));
}

TEST_CASE("pointer: durations are drawn as the network believes, nearer to the median or farther") {
  constexpr double kLeaves = 0.25;
  const auto durations = [&](double temperature) {
    Sampling s = sampling(3);
    s.pointer_temperature = temperature;
    PointerWalk walk(torch::full({1, 2000}, 20, torch::kLong), s);
    while (!walk.done()) walk.advance(torch::full({1, 1}, kLeaves));
    return walk.durations().to(torch::kDouble);
  };
  const auto deviation = [&](double temperature) {
    return durations(temperature).std().item<double>();
  };
  // Geometric: 0.75^2 > 0.5 > 0.75^3.
  CHECK(durations(0).eq(3).all().item<bool>());
  const Tensor drawn = durations(1);
  CHECK(drawn.mean().item<double>() == doctest::Approx(1 / kLeaves).epsilon(0.05));
  CHECK(drawn.eq(1).to(torch::kDouble).mean().item<double>() ==
        doctest::Approx(kLeaves).epsilon(0.1));
  CHECK(deviation(0.5) < 0.8 * deviation(1));
  CHECK(deviation(2) > 1.2 * deviation(1));
  for (const double temperature : {0.5, 1.0, 2.0}) {
    CHECK(durations(temperature).median().item<double>() == 3);
    CHECK(durations(temperature).eq(51).to(torch::kDouble).mean().item<double>() < 0.01);
  }
}

TEST_CASE("pointer: codecs of one level have it too; what has none is refused") {
  const auto made_of = [](const char* member, const nlohmann::json& changes) {
    nlohmann::json json = tiny_members().at(member);
    json.update(changes);
    return make_generator(Config(json, "test"), tiny_encoder());
  };
  const auto refused = [&](const char* member, const nlohmann::json& changes, const char* why) {
    CHECK_THROWS_WITH(made_of(member, changes), doctest::Contains(why));
  };
  torch::manual_seed(4);
  auto generator = made_of("autoregressive, coarse_first, pointer", {{"codebooks", 1}});
  generator->eval();
  const auto again = make_generator(Config(generator->to_json(), "test"), tiny_encoder());
  CHECK(contains(again->options(), "pointer"));
  Sampling s = sampling(5);
  s.pointer = true;
  const Generation made = generator->generate(two_rows(), s, {});
  CHECK(made.codes.size(2) == 1);
  CHECK(made.codes.size(1) == made.durations.sum(1).max().item<int64_t>());

  refused("autoregressive, delay", {{"pointer", true}}, "order is delay");
  refused("autoregressive, dual", {{"merged", 2}}, "order is dual");
  refused("autoregressive, coarse_first, merged", {{"pointer", true}}, "have no pointer");
  refused("autoregressive, coarse_first, merged", {{"codebooks", 1}}, "levels above the first");
}
