#include <functional>

#include "acoustic/autoregressive/pointer.h"
#include "acoustic/hybrid/hybrid.h"
#include "acoustic/masked/level_cascade.h"
#include "core/join.h"
#include "nn/blocks.h"
#include "tests/acoustic/tiny_generators.h"
#include "tests/test.h"

using namespace tts;

namespace {

// One row of so many frames.
Condition long_row(int64_t frames) {
  Condition c = row(two_rows(), 0, 4, 9);
  c.durations = torch::tensor({{frames - 7, int64_t{3}, int64_t{0}, int64_t{4}}});
  for (Tensor Condition::*f : {&Condition::log_f0, &Condition::voicing, &Condition::energy})
    c.*f = (c.*f).slice(1, 0, 1).repeat({1, frames});
  return c;
}

}  // namespace

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
    const Tensor codes = codes_for(type).slice(0, 0, 1);
    batch.codes = torch::cat({codes, (codes + 1) % kEntries});
    batch.semantic = batch.codes.select(2, 0);
    learn(*generator, *encoder, batch, 600);
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

TEST_CASE("token generators: guidance, its end and the steps of each level are followed") {
  torch::manual_seed(4);
  auto generator = tiny("masked", tiny_encoder());
  generator->eval();
  const Condition c = two_rows();
  const auto codes = [&](const std::function<void(Sampling&)>& set) {
    Sampling s = sampling(5);
    s.temperature = 1;
    set(s);
    return generator->generate(c, s, {}).codes;
  };
  const Tensor plain = codes([](Sampling&) {});
  CHECK(!codes([](Sampling& s) { s.guidance = 8; }).equal(plain));
  CHECK(!codes([](Sampling& s) { s.guidance_end = 8; }).equal(plain));
  CHECK(codes([](Sampling& s) { s.guidance_end = 1; }).equal(plain));
  CHECK(codes([](Sampling& s) { s.level_steps = {4, 2, 1}; }).equal(plain));
  CHECK(!codes([](Sampling& s) { s.level_steps = {2, 1}; }).equal(plain));
  CHECK(!codes([](Sampling& s) { s.choice_temperature = 0; }).equal(plain));
}

TEST_CASE("autoregressive: what is handed out piece by piece is the whole") {
  for (const char* type :
       {"autoregressive, delay", "autoregressive, dual", "autoregressive, coarse_first"}) {
    CAPTURE(type);
    torch::manual_seed(4);
    auto generator = tiny(type, tiny_encoder());
    generator->eval();
    const Condition c = long_row(90);
    std::vector<Tensor> pieces;
    int64_t next = 0;
    const Generation whole =
        generator->generate(c, sampling(5), [&](const Tensor& codes, int64_t first) {
          CHECK(first == next);
          next += codes.size(1);
          pieces.push_back(codes.clone());
          return true;
        });
    CHECK(pieces.size() > 1);
    CHECK(torch::cat(pieces, 1).equal(whole.codes));
  }
}

TEST_CASE("levels that follow one another are the same in whatever pieces the first one comes") {
  torch::NoGradGuard no_grad;
  torch::manual_seed(4);
  constexpr int64_t kRows = 2, kFrames = 60, kWidth = 24;
  CodeTable table(CodeTableOptions{kCodebooks, kEntries, 8}, kWidth);
  LevelNetworkOptions options;
  options.channels = kWidth;
  options.blocks = 2;
  options.first_level = 1;
  LevelNetwork network(options, table);
  network->eval();
  LevelNetworkImpl::Frames frames;
  frames.told = torch::randn({kRows, kFrames, kWidth});
  frames.mask =
      length_mask(torch::tensor({kFrames, kFrames - 20}), kFrames).unsqueeze(2).to(torch::kFloat);
  frames.codes = torch::full({kRows, kFrames, kCodebooks}, table->unknown(), torch::kLong);
  frames.codes.slice(1, 3, 7).fill_(2);  // known
  const Tensor untold = torch::randn({kRows, kFrames, kWidth});
  const Tensor first = torch::randint(kEntries, {kRows, kFrames, 1}, torch::kLong);
  Sampling s = sampling(5);
  s.temperature = 1;
  s.guidance = 1.5;
  const auto written = [&](int64_t piece) {
    LevelCascade cascade(*network, frames, untold, s);
    for (int64_t t = 0; t < kFrames; t += piece) {
      cascade.feed(first.slice(1, t, std::min(kFrames, t + piece)));
      CHECK(cascade.ready() <= cascade.fed());
    }
    CHECK(cascade.ready() == kFrames);
    return cascade.codes().clone();
  };
  const Tensor whole = written(kFrames);
  CHECK(whole.slice(1, 3, 7).slice(2, 1).eq(2).all().item<bool>());
  CHECK(whole.slice(2, 1)[1].slice(0, kFrames - 20).eq(0).all().item<bool>());
  CHECK(written(7).equal(whole));
  CHECK(written(1).equal(whole));
}

TEST_CASE("hybrid: begins as the one, and the other goes on from there") {
  torch::manual_seed(4);
  auto encoder = tiny_encoder();
  auto first = tiny("autoregressive, coarse_first", encoder);
  auto rest = tiny("masked", encoder);
  HybridGenerator hybrid(first, rest);
  hybrid.eval();
  const Condition c = long_row(90);
  Sampling s = sampling(5);
  s.temperature = 1;
  s.first_seconds = 0.5;
  std::vector<Tensor> pieces;
  const Tensor codes = hybrid
                           .generate(c,
                                     s,
                                     [&](const Tensor& frames, int64_t) {
                                       pieces.push_back(frames.clone());
                                       return true;
                                     })
                           .codes;
  CHECK(torch::cat(pieces, 1).equal(codes));
  CHECK(codes.slice(1, 0, 25).equal(first->generate(c, s, {}).codes.slice(1, 0, 25)));
  Condition told = c;
  told.known_codes = codes;
  told.known_mask = (torch::arange(90) < 25).unsqueeze(0);
  CHECK(codes.equal(rest->generate(told, s, {}).codes));
  s.first_seconds = 0;
  CHECK(hybrid.generate(c, s, {}).codes.equal(rest->generate(c, s, {}).codes));
  s.first_seconds = 60;
  CHECK(hybrid.generate(c, s, {}).codes.equal(first->generate(c, s, {}).codes));
  CHECK(contains(hybrid.options(), "first-seconds"));
}

TEST_CASE("masked: another generator's scores change what is kept first") {
  torch::manual_seed(4);
  auto encoder = tiny_encoder();
  auto judge = tiny("autoregressive, coarse_first", encoder);
  auto generator = tiny("masked", encoder);
  judge->eval();
  generator->eval();
  CHECK(!contains(generator->options(), "rescore"));
  generator->set_judge([&]() -> Generator& { return *judge; });
  CHECK(contains(generator->options(), "rescore"));
  const Condition c = long_row(40);
  Sampling s = sampling(5);
  s.temperature = 1;
  s.choice_temperature = 0;
  const Tensor plain = generator->generate(c, s, {}).codes;
  s.rescore = 0.9;
  CHECK(!generator->generate(c, s, {}).codes.equal(plain));
  // A score is that of the code given those before it.
  const auto scorer = judge->scorer(c);
  const Tensor score = scorer(plain);
  CHECK(score.sizes() == torch::IntArrayRef({1, 40}));
  CHECK(score.max().item<float>() <= 0);
  Tensor other = plain.clone();
  other.slice(1, 20) = (other.slice(1, 20) + 1) % kEntries;
  const Tensor changed = scorer(other);
  CHECK(changed.slice(1, 0, 20).equal(score.slice(1, 0, 20)));
  CHECK(!changed.slice(1, 20).equal(score.slice(1, 20)));
}

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
  CHECK(generator->sets_durations());
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

TEST_CASE("merged frames share the codes of the first level; the pieces make the whole") {
  torch::manual_seed(4);
  auto encoder = tiny_encoder();
  auto generator = tiny("autoregressive, coarse_first, merged", encoder);
  generator->eval();
  Sampling s = sampling(5);
  s.temperature = 1;
  std::vector<Tensor> pieces;
  const Tensor codes = generator
                           ->generate(long_row(91),
                                      s,
                                      [&](const Tensor& frames, int64_t) {
                                        pieces.push_back(frames.clone());
                                        return true;
                                      })
                           .codes;
  CHECK(torch::cat(pieces, 1).equal(codes));
  CHECK(pieces.size() > 1);
  const Tensor first = codes.select(2, 0)[0];
  CHECK(first.slice(0, 0, 90, 2).equal(first.slice(0, 1, 91, 2)));
  const Tensor second = codes.select(2, 1)[0];
  CHECK(!second.slice(0, 0, 90, 2).equal(second.slice(0, 1, 91, 2)));
  CHECK(!generator->scorer(long_row(91)));
}
