#include "duration/prosody.h"

#include "duration/duration_model.h"
#include "tests/test.h"

using namespace tts;

TEST_CASE("durations are rounded cumulatively: nothing drifts") {
  const Tensor d = torch::full({1, 10}, 2.4f);
  const Tensor none = torch::zeros({1, 10}, torch::kBool);
  const Tensor rounded = round_durations(d, torch::tensor({10}), none, 1);
  CHECK(rounded.sum().item<int64_t>() == 24);
  CHECK(rounded.min().item<int64_t>() == 2);
  CHECK(round_durations(d, torch::tensor({10}), none, 2).sum().item<int64_t>() == 12);
  CHECK(round_durations(d, torch::tensor({10}), none, 0.5).sum().item<int64_t>() == 48);
}

TEST_CASE("an optional pause of one frame vanishes; an utterance keeps at least one frame") {
  const Tensor d = torch::tensor({{3.0f, 1.2f, 3.0f}});
  const Tensor optional = torch::tensor({{false, true, false}});
  CHECK(round_durations(d, torch::tensor({3}), optional, 1).equal(torch::tensor({{3, 0, 3}})));
  CHECK(round_durations(
            torch::zeros({1, 2}), torch::tensor({2}), torch::zeros({1, 2}, torch::kBool), 1)
            .sum()
            .item<int64_t>() == 1);
}

TEST_CASE("contours run straight between the symbols' centres and follow the controls") {
  Condition c;
  c.durations = torch::tensor({{2, 2}});
  Prosody p{torch::tensor({{2.0f, 2.0f}}),
            torch::tensor({{5.0f, 6.0f}}),
            torch::ones({1, 2}),
            torch::zeros({1, 2})};
  expand_prosody(p, {}, 1, c);
  CHECK(c.log_f0[0][0].item<float>() == doctest::Approx(5.0));
  CHECK(c.log_f0[0][1].item<float>() == doctest::Approx(5.25));
  CHECK(c.log_f0[0][2].item<float>() == doctest::Approx(5.75));
  CHECK(c.log_f0[0][3].item<float>() == doctest::Approx(6.0));
  ProsodyControls octave;
  octave.pitch_semitones = 12;
  octave.energy_db = 20;
  expand_prosody(p, octave, 2.0, c);
  CHECK(c.log_f0[0][0].item<float>() == doctest::Approx(5.0 + std::log(2.0)));
  CHECK(c.energy[0][0].item<float>() == doctest::Approx(std::log(10.0) / 2));
}

TEST_CASE("every duration model: neighbours and padding never change a row") {
  torch::manual_seed(1);
  for (const auto& type : duration_types()) {
    auto model = make_duration_model(Config({{"type", type},
                                             {"symbols", 9},
                                             {"channels", 16},
                                             {"blocks", 2},
                                             {"dropout", 0.1},
                                             {"duration_scale", 1.0},
                                             {"pause_scale", 1.5},
                                             {"duration_contrast", 1.2},
                                             {"pitch_contrast", 1.2},
                                             {"energy_contrast", 1.1},
                                             {"languages", 2},
                                             {"speaker_vector", 3}},
                                            "test"));
    model->eval();
    Condition both;
    both.symbols = torch::tensor({{1, 2, 3, 4}, {5, 6, 0, 0}});
    both.attributes = torch::zeros({2, 4}, torch::kLong);
    both.symbol_lengths = torch::tensor({4, 2});
    both.language = torch::tensor({0, 1});
    both.speakers = torch::randn({2, 1, 3});
    both.pitch = torch::tensor({{5.2f, 0.2f}, {4.8f, 0.3f}});
    Condition alone;
    alone.symbols = torch::tensor({{5, 6}});
    alone.attributes = torch::zeros({1, 2}, torch::kLong);
    alone.symbol_lengths = torch::tensor({2});
    alone.language = both.language.slice(0, 1);
    alone.speakers = both.speakers.slice(0, 1);
    alone.pitch = both.pitch.slice(0, 1);
    const Prosody b = model->predict(both, {}), a = model->predict(alone, {});
    CHECK((b.durations[1].slice(0, 0, 2) - a.durations[0]).abs().max().item<float>() < 1e-4);
    CHECK((b.log_f0[1].slice(0, 0, 2) - a.log_f0[0]).abs().max().item<float>() < 1e-4);
    CHECK((b.energy[1].slice(0, 0, 2) - a.energy[0]).abs().max().item<float>() < 1e-4);
    CHECK(b.durations[1][2].item<float>() == 0);
    // It hears who speaks which language, and follows the speaker's F0.
    Condition other = alone;
    other.language = torch::tensor({0});
    CHECK(!model->predict(other, {}).durations.equal(a.durations));
    other = alone;
    other.speakers = alone.speakers + 1;
    CHECK(!model->predict(other, {}).durations.equal(a.durations));
    other = alone;
    other.pitch = alone.pitch + torch::tensor({1.0f, 0.0f});
    CHECK((model->predict(other, {}).log_f0 - a.log_f0 - 1).abs().max().item<float>() < 1e-5);
    // Pauses have a scale of their own.
    alone.optional = torch::tensor({{false, true}});
    const Tensor paused = model->predict(alone, {}).durations[0] / a.durations[0];
    CHECK(paused[0].item<float>() == doctest::Approx(1));
    CHECK(paused[1].item<float>() == doctest::Approx(1.5));
  }
}
