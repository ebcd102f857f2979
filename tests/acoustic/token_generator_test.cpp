#include <functional>

#include "acoustic/generator.h"
#include "tests/acoustic/tiny_generators.h"
#include "tests/test.h"

using namespace tts;

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
  for (const char* type : {"autoregressive, delay", "autoregressive, dual"}) {
    CAPTURE(type);
    torch::manual_seed(4);
    auto generator = tiny(type, tiny_encoder());
    generator->eval();
    Condition c = row(two_rows(), 0, 4, 9);
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
