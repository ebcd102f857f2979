#include <functional>

#include "acoustic/hybrid/hybrid.h"
#include "acoustic/tokens/level_cascade.h"
#include "core/join.h"
#include "nn/blocks.h"
#include "tests/acoustic/tiny_generators.h"
#include "tests/test.h"

using namespace tts;
using torch::indexing::Slice;

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
    Condition told = batch.condition;
    const Tensor index = torch::arange(9), known = (index < 3) | (index > 5);
    told.known_mask = known.unsqueeze(0).expand({2, -1});
    told.known_latents = batch.latents;
    told.known_codes = batch.codes;
    const auto made = [&](uint64_t seed) {
      Sampling s = sampling(seed);
      s.temperature = 0.3;
      s.steps = 8;
      return made_frames(generator->generate(told, s, {}));
    };
    const Tensor truth = made(1).is_floating_point() ? batch.latents : batch.codes;
    CHECK(made(1).index({Slice(), known}).equal(truth.index({Slice(), known})));
    // Without the known frames a guess is right for one recording in two.
    CHECK(learn(*generator, *encoder, batch, [&] {
      double right = 0;
      for (uint64_t seed = 1; seed <= 4; ++seed)
        right += share_right(made(seed).slice(1, 3, 6), truth.slice(1, 3, 6)) / 4;
      return right > 0.95;
    }));
    // Wrong frames in the middle are kept all the same.
    told.known_mask = (index == 4).unsqueeze(0).expand({2, -1});
    told.known_latents = batch.latents * 5;
    told.known_codes = (batch.codes + 3) % kEntries;
    const Generation kept = generator->generate(told, sampling(1), {});
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
  std::vector<int64_t> pauses;
  const Tensor codes = hybrid
                           .generate(c,
                                     s,
                                     [&](const Tensor& frames, int64_t first_frame) {
                                       pieces.push_back(frames.clone());
                                       if (frames.size(1) == 0) pauses.push_back(first_frame);
                                       return true;
                                     })
                           .codes;
  CHECK(torch::cat(pieces, 1).equal(codes));
  CHECK(pauses == std::vector<int64_t>{25});  // before the other begins
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
