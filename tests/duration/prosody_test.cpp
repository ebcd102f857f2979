#include "duration/prosody.h"

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
            torch::zeros({1, 2}), torch::tensor({2}), torch::ones({1, 2}, torch::kBool), 1)
            .sum()
            .item<int64_t>() == 1);
}

TEST_CASE("no phone is planned away: the next ones give it its frame") {
  const Tensor none = torch::zeros({1, 4}, torch::kBool);
  const Tensor d = torch::tensor({{2.0f, 0.3f, 2.9f, 2.0f}});
  CHECK(round_durations(d, torch::tensor({4}), none, 1).equal(torch::tensor({{2, 1, 2, 2}})));
  const Tensor hurried = torch::full({1, 4}, 0.4f);
  CHECK(round_durations(hurried, torch::tensor({4}), none, 1)
            .equal(torch::ones({1, 4}, torch::kLong)));
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
