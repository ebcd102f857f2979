// Laws of the whole family, over its table.
#include "duration/duration_model.h"

#include "duration/autoregressive/autoregressive.h"
#include "duration/total/total.h"
#include "tests/finite_differences.h"
#include "tests/learning.h"
#include "tests/test.h"

using namespace tts;

namespace {

nlohmann::json with(nlohmann::json json, const nlohmann::json& more) {
  json.update(more);
  return json;
}

// The smallest network of each type, and of each predictor of "total".
std::vector<nlohmann::json> tiny_models() {
  const nlohmann::json text = {{"symbols", 9},
                               {"channels", 16},
                               {"blocks", 2},
                               {"dropout", 0.0},
                               {"languages", 2},
                               {"speaker_vector", 3},
                               {"duration_scale", 1.0},
                               {"pause_scale", 1.5}};
  const nlohmann::json flat = {{"pitch_contrast", 1.2}, {"energy_contrast", 1.1}};
  const std::map<std::string, nlohmann::json> own = {
      {"autoregressive",
       with({{"heads", 2},
             {"decoder_blocks", 1},
             {"contour_blocks", 1},
             {"components", 3},
             {"history_noise", 0.0},
             {"temperature", 0.8}},
            flat)},
      {"flow", {{"flow_blocks", 2}, {"steps", 4}, {"temperature", 0.8}}},
      {"phoneme", with({{"duration_contrast", 1.2}}, flat)}};
  std::vector<nlohmann::json> out;
  for (const auto& type : duration_types()) {
    if (type != "total") out.push_back(with(with(text, own.at(type)), {{"type", type}}));
  }
  for (const auto& predictor : total_predictors()) {
    nlohmann::json total = with(flat,
                                {{"type", "total"},
                                 {"predictor", predictor},
                                 {"duration_scale", 1.0},
                                 {"pause_scale", 1.5}});
    if (own.count(predictor)) {
      total["symbols"] = 9;
      total["model"] =
          with(with(with(text, own.at(predictor)), {{"type", predictor}}), {{"pause_scale", 1.0}});
    } else {
      total = with(text, total);
    }
    out.push_back(total);
  }
  return out;
}

std::shared_ptr<DurationModel> make(const nlohmann::json& json) {
  torch::manual_seed(1);
  auto model = make_duration_model(Config(json, "test"));
  model->eval();
  return model;
}

Sampling sampling(uint64_t seed, std::vector<uint32_t> utterances = {0, 1}) {
  Sampling s;
  s.seed = seed;
  s.utterances = std::move(utterances);
  s.temperature = 0.8;
  return s;
}

// Rows of different length; the last symbols of the second row are padding.
Condition two_rows() {
  Condition c;
  c.symbols = torch::tensor({{1, 2, 3, 4}, {5, 6, 0, 0}});
  c.attributes = torch::zeros({2, 4}, torch::kLong);
  c.symbol_lengths = torch::tensor({4, 2});
  c.language = torch::tensor({0, 1});
  c.speakers = torch::tensor({{{1.0f, 0.0f, 0.0f}}, {{0.0f, 0.6f, 0.8f}}});
  c.pitch = torch::tensor({{5.2f, 0.2f}, {4.8f, 0.3f}});
  return c;
}

Condition second_row() {
  const Condition both = two_rows();
  Condition c;
  c.symbols = torch::tensor({{5, 6}});
  c.attributes = torch::zeros({1, 2}, torch::kLong);
  c.symbol_lengths = torch::tensor({2});
  c.language = both.language.slice(0, 1);
  c.speakers = both.speakers.slice(0, 1);
  c.pitch = both.pitch.slice(0, 1);
  return c;
}

bool near(const Tensor& a, const Tensor& b, double tolerance = 1e-4) {
  return (a - b).abs().max().item<double>() < tolerance;
}

// Four toy utterances of one length, with what is said of each symbol. The third and fourth begin
// alike.
Batch toy() {
  Batch b;
  b.condition.symbols =
      torch::tensor({{1, 2, 3, 4, 5}, {5, 4, 3, 2, 1}, {1, 6, 7, 8, 2}, {1, 6, 7, 3, 3}});
  b.condition.attributes = torch::zeros({4, 5}, torch::kLong);
  b.condition.symbol_lengths = torch::tensor({5, 5, 5, 5});
  b.condition.optional = torch::zeros({4, 5}, torch::kBool);
  b.condition.language = torch::tensor({0, 1, 0, 1});
  b.condition.speakers = torch::ones({4, 1, 3});
  b.condition.pitch = torch::tensor({5.0f, 0.2f}).expand({4, 2}).contiguous();
  b.prosody.durations = torch::tensor({{3.0f, 8.0f, 2.0f, 12.0f, 5.0f},
                                       {9.0f, 1.0f, 6.0f, 4.0f, 7.0f},
                                       {2.0f, 5.0f, 5.0f, 3.0f, 10.0f},
                                       {4.0f, 11.0f, 3.0f, 7.0f, 2.0f}});
  b.condition.durations = b.prosody.durations.to(torch::kLong);
  torch::manual_seed(3);
  b.prosody.voicing = torch::randint(2, {4, 5}).to(torch::kFloat);
  b.prosody.log_f0 = 5 + 0.2 * torch::randn({4, 5});
  b.prosody.energy = torch::randn({4, 5});
  return b;
}

// Trains a model until what it predicts of the batch, without chance, is `learnt`.
template <typename Learnt>
bool learn(DurationModel& model, const Batch& batch, const Learnt& learnt) {
  Sampling s = sampling(1, {0, 1, 2, 3});
  s.temperature = 0;
  const auto loss = [&] {
    model.train();
    return model.loss(batch).at("total");
  };
  return tts::learn(model.parameters(), loss, [&] {
    model.eval();
    return learnt(model.predict(batch.condition, s));
  });
}

}  // namespace

TEST_CASE("every duration model: neighbours and padding never change a row") {
  for (const auto& json : tiny_models()) {
    CAPTURE(json.dump());
    const auto model = make(json);
    const Prosody both = model->predict(two_rows(), sampling(5));
    const Prosody alone = model->predict(second_row(), sampling(5, {1}));
    CHECK(near(both.durations[1].slice(0, 0, 2), alone.durations[0]));
    CHECK(near(both.log_f0[1].slice(0, 0, 2), alone.log_f0[0]));
    CHECK(near(both.energy[1].slice(0, 0, 2), alone.energy[0]));
    CHECK(both.durations[1][2].item<float>() == 0);
  }
}

TEST_CASE("every duration model: the same seed gives the same; those that draw differ by seed") {
  for (const auto& json : tiny_models()) {
    CAPTURE(json.dump());
    const auto model = make(json);
    const auto durations = [&](const Sampling& s) {
      return model->predict(two_rows(), s).durations;
    };
    CHECK(durations(sampling(5)).equal(durations(sampling(5))));
    bool differs = false;
    for (uint64_t seed = 6; seed < 12; ++seed)
      differs = differs || !durations(sampling(seed)).equal(durations(sampling(5)));
    CHECK(differs == model->draws());
    Sampling cold = sampling(5), other = sampling(6);
    cold.temperature = other.temperature = 0;
    CHECK(durations(cold).equal(durations(other)));
  }
}

TEST_CASE("every duration model: speaker, language and F0 are followed; pauses have a scale") {
  for (const auto& json : tiny_models()) {
    CAPTURE(json.dump());
    const auto model = make(json);
    const Sampling s = sampling(5, {1});
    const Prosody first = model->predict(second_row(), s);
    Condition other = second_row();
    other.language = torch::tensor({0});
    CHECK(!model->predict(other, s).energy.equal(first.energy));
    other = second_row();
    other.speakers = other.speakers + 1;
    CHECK(!model->predict(other, s).energy.equal(first.energy));
    other = second_row();
    other.pitch = other.pitch + torch::tensor({1.0f, 0.0f});
    CHECK(near(model->predict(other, s).log_f0, first.log_f0 + 1, 1e-5));
    other = second_row();
    other.optional = torch::tensor({{false, true}});
    if (json.value("predictor", "") == "rate") continue;  // fewer phones are a shorter sentence
    const Tensor paused = model->predict(other, s).durations[0];
    CHECK(paused[0].item<float>() == doctest::Approx(first.durations[0][0].item<float>()));
    CHECK(paused[1].item<float>() == doctest::Approx(1.5 * first.durations[0][1].item<float>()));
  }
}

TEST_CASE("every duration model: to_json makes the same model again; corrections are part of it") {
  for (const auto& json : tiny_models()) {
    CAPTURE(json.dump());
    const auto model = make(json);
    CHECK(model->to_json() == json);
    for (const auto& [name, value] : model->corrections()) {
      *value = 1.25;
      CHECK(model->to_json().at(name) == 1.25);
    }
    const auto again = make_duration_model(Config(model->to_json(), "test"));
    CHECK(again->parameters().size() == model->parameters().size());
    nlohmann::json wrong = json;
    wrong["chanels"] = 3;
    CHECK_THROWS_WITH(make_duration_model(Config(wrong, "voice.json: duration")),
                      doctest::Contains("unknown key \"chanels\""));
  }
}

TEST_CASE("duration models with a duration per symbol memorise four toy utterances") {
  for (auto json : tiny_models()) {
    if (json["type"] == "total") continue;
    CAPTURE(json.dump());
    for (const auto& [name, value] : make(json)->corrections()) json[name] = 1.0;
    const auto model = make(json);
    const Batch batch = toy();
    const Prosody& truth = batch.prosody;
    CHECK(learn(*model, batch, [&](const Prosody& made) {
      return near(torch::log(made.durations + 0.5), torch::log(truth.durations + 0.5), 0.15) &&
             near(made.energy, truth.energy, 0.5) &&
             near(made.log_f0 * truth.voicing, truth.log_f0 * truth.voicing, 0.1) &&
             made.voicing.round().equal(truth.voicing);
    }));
  }
}

TEST_CASE("total: every predictor learns how long a sentence is") {
  for (auto json : tiny_models()) {
    if (json["type"] != "total") continue;
    CAPTURE(json.dump());
    for (const auto& [name, value] : make(json)->corrections()) json[name] = 1.0;
    if (json.contains("model")) {
      for (const auto& [name, value] : make(json["model"])->corrections())
        json["model"][name] = 1.0;
    }
    const auto model = make(json);
    Batch batch = toy();
    batch.prosody.durations =
        batch.prosody.durations * torch::tensor({{1.0f}, {2.0f}, {1.0f}, {2.0f}});
    // A rule knows the language alone, and row 1 and 3 speak the slower one.
    const double tolerance = json["predictor"] == "rate" ? 0.2 : 0.08;
    CHECK(learn(*model, batch, [&](const Prosody& made) {
      const Tensor ratio = made.durations.sum(1) / batch.prosody.durations.sum(1);
      return near(ratio, torch::ones({4}), tolerance);
    }));
  }
}

TEST_CASE("total: symbols share the sentence by their usual durations") {
  for (auto json : tiny_models()) {
    if (json.value("predictor", "") != "regression") continue;
    const auto model = make(json);
    Condition c = second_row();
    c.symbols = torch::tensor({{5, 5, 5}});
    c.attributes = torch::tensor({{0, 3, 6}});
    c.symbol_lengths = torch::tensor({3});
    const Tensor d = model->predict(c, sampling(1, {0})).durations[0];
    CHECK(d[0].item<float>() == doctest::Approx(d[1].item<float>()));
    CHECK(d[0].item<float>() == doctest::Approx(d[2].item<float>()));
  }
}

TEST_CASE("mixture: whole frames add up to one; a sharp component is drawn from the middle") {
  const Tensor mixture =
      torch::tensor({0.3f, -0.4f, 0.1f, -0.5f, 0.2f, 0.9f, 0.2f, -1.0f, 0.5f}).view({1, 1, 9});
  const Tensor frames = torch::arange(0, 20000).to(torch::kFloat).view({1, -1});
  const Tensor usual = torch::full_like(frames, 1.2);
  const Tensor p =
      mixture_log_probability(mixture.expand({1, 20000, 9}), usual, torch::log(frames + 0.5));
  CHECK(torch::exp(p.to(torch::kDouble)).sum().item<double>() == doctest::Approx(1).epsilon(0.01));
  // log scales of -9 are held at the sharpest; e^2 = 7.39 is in the bin of seven frames.
  const Tensor sharp = torch::tensor({{50.0f, 0.0f, 1.0f, 0.0f, -9.0f, -9.0f}});
  for (const float u : {0.2f, 0.5f, 0.8f}) {
    const Tensor drawn =
        draw_mixture(sharp, torch::tensor({1.0f}), 0.5, torch::tensor({{0.4f, u}}));
    CHECK(drawn.item<float>() == doctest::Approx(std::log(7.5)));
  }
  CHECK(draw_mixture(sharp, torch::tensor({1.0f}), 0, torch::zeros({1, 2})).item<float>() ==
        doctest::Approx(std::log(7.5)));
}

TEST_CASE("unknown duration models and predictors name the known ones") {
  CHECK_THROWS_WITH(make_duration_model(Config({{"type", "hmm"}}, "voice.json: duration")),
                    doctest::Contains("known: autoregressive, flow, phoneme, total"));
  CHECK_THROWS_WITH(make_duration_model(
                        Config({{"type", "total"}, {"predictor", "llm"}}, "voice.json: duration")),
                    doctest::Contains("known: autoregressive, phoneme, rate, regression"));
}

TEST_CASE("finite differences: every duration model's loss") {
  for (const auto& json : tiny_models()) {
    CAPTURE(json.dump());
    auto model = make(json);  // in training, statistics of the batch would move the loss
    const Batch batch = toy();
    for (auto& parameter : model->parameters())
      parameter.data().add_(torch::randn_like(parameter), 0.05);
    const auto loss = [&] {
      torch::manual_seed(7);
      return model->loss(batch).at("total");
    };
    if (!loss().requires_grad()) continue;  // a running mean
    CHECK(gradient_error(loss, model->parameters()) < 0.03);
  }
}
