#include "train/duration_task.h"

#include <filesystem>

#include "core/error.h"
#include "duration/total/total.h"
#include "tests/test.h"
#include "train/duration_pack.h"
#include "train/json_file.h"
#include "train/vocabulary.h"
#include "train/voice_build.h"

using namespace tts;
namespace fs = std::filesystem;

namespace {

constexpr int64_t kSymbols = 6;

std::string scratch(const std::string& name) {
  const fs::path folder = fs::temp_directory_path() / ("tts-duration-" + name);
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder.string();
}

// Sentences of one speaker in whom symbol s lasts 2 s frames, times `slowness`.
AcousticData toy_data(double slowness) {
  AcousticData data;
  data.symbol_table = {"_", "a", "b", "c", "d", "|"};
  data.languages = {"en-us"};
  data.speakers["anna"] = {"anna", {}, 1, 0, false, {}};
  torch::manual_seed(7);
  for (int i = 0; i < 20; ++i) {
    AcousticItem item;
    item.id = item.text = std::to_string(i);
    item.speaker = &data.speakers["anna"];
    item.symbols = torch::randint(1, kSymbols, {6}, torch::kLong);
    item.attributes = torch::zeros({6}, torch::kLong);
    item.optional = item.symbols == kSymbols - 1;
    item.durations = (item.symbols * 2 * slowness).to(torch::kLong);
    item.log_f0 = torch::full({6}, 5.0);
    item.voicing = torch::ones({6});
    item.energy = torch::zeros({6});
    item.frames = item.durations.sum().item<int64_t>();
    (i % 5 == 0 ? data.validation : data.train).push_back(item);
  }
  return data;
}

std::shared_ptr<DurationModel> tiny(const std::string& type) {
  nlohmann::json json = {{"type", type},
                         {"symbols", kSymbols},
                         {"channels", 16},
                         {"blocks", 1},
                         {"dropout", 0.0},
                         {"duration_scale", 1.0},
                         {"pause_scale", 1.0}};
  if (type == "flow") {
    json.update({{"flow_blocks", 1}, {"steps", 4}, {"temperature", 0.5}});
  } else {
    json.update({{"pitch_contrast", 1.0}, {"energy_contrast", 1.0}});
    if (type == "phoneme") json["duration_contrast"] = 1.0;
    if (type == "total") json["predictor"] = "regression";
    if (type == "autoregressive")
      json.update({{"heads", 2},
                   {"decoder_blocks", 1},
                   {"contour_blocks", 1},
                   {"components", 2},
                   {"history_noise", 0.1},
                   {"temperature", 0.5}});
  }
  torch::manual_seed(1);
  return make_duration_model(Config(json, "test"));
}

void train(DurationTask& task, const std::string& out, int64_t steps) {
  LoopOptions loop;
  loop.out = out;
  loop.steps = steps;
  loop.validate_every = steps;
  loop.best_metric = "total";
  loop.fresh = true;
  run_loop(task, loop);
}

AcousticTaskOptions task_options() {
  AcousticTaskOptions o;
  o.batch = 8;
  o.optimiser.learning_rate = 1e-2;
  o.optimiser.warmup_steps = 5;
  return o;
}

// Frames that the model in the folder gives to all sentences.
double total_of(const std::string& folder, const AcousticData& data, const std::string& type) {
  auto model = make_duration_model(
      Config(read_json(folder + "/duration.json").at("model"), folder + "/duration.json"));
  CHECK(model->to_json().at("type") == type);
  load_duration(folder, data, *model);
  model->eval();
  Sampling cold;
  cold.temperature = 0;
  double total = 0;
  for (const auto& batch : fixed_batches(data.train, 100, torch::kCPU))
    total += model->predict(batch.condition, cold).durations.sum().item<double>();
  return total;
}

}  // namespace

TEST_CASE("every duration model trains, is measured and comes back from its folder") {
  const AcousticData data = toy_data(1);
  for (const auto& type : duration_types()) {
    CAPTURE(type);
    DurationTask task(tiny(type), data, task_options());
    const double before = task.validate().at("total");
    const std::string out = scratch(type);
    train(task, out, 150);
    const Metrics after = task.validate();
    CHECK(after.at("total") < before);
    CHECK(after.count("rmse_frames") == 1);
    CHECK(after.count("spread") == (tiny(type)->draws() ? 1 : 0));
    const auto json = read_json(out + "/duration.json");
    CHECK(json.at("symbols") == nlohmann::json(data.symbol_table));
    CHECK(json.at("speakers").contains("anna"));
    double natural = 0;
    for (const auto& item : data.train) natural += static_cast<double>(item.frames);
    CHECK(total_of(out, data, type) / natural == doctest::Approx(1).epsilon(0.15));
  }
}

TEST_CASE("a style is moved by training the duration member alone") {
  const AcousticData plain = toy_data(1), slow = toy_data(1.5);
  for (const auto& type : duration_types()) {
    CAPTURE(type);
    const std::string first = scratch("plain-" + type), second = scratch("slow-" + type);
    DurationTask task(tiny(type), plain, task_options());
    train(task, first, 150);
    auto model = tiny(type);
    load_duration(first, slow, *model);
    AcousticTaskOptions options = task_options();
    options.optimiser.learning_rate = 5e-3;
    DurationTask style(model, slow, options);
    train(style, second, 60);
    const double moved = total_of(second, plain, type) / total_of(first, plain, type);
    CHECK(moved > 1.3);
    CHECK(moved < 1.75);
  }
}

TEST_CASE("languages are renumbered as the model that training begins from has them") {
  AcousticData data = toy_data(1);
  data.languages = {"de", "nl"};
  data.speakers["anna"].language = 1;
  for (auto& item : data.train) item.language = 1;
  adopt_languages({"en-us", "nl"}, data);
  CHECK(data.languages == std::vector<std::string>{"en-us", "nl", "de"});
  CHECK(data.train[0].language == 1);
  CHECK(data.validation[0].language == 2);
  CHECK(data.speakers["anna"].language == 1);
}

TEST_CASE("calibration: the factors that a member has bring it to the recordings' rate") {
  // Phones 1.2 times too fast, and flat.
  class Fast : public DurationModel {
   public:
    Prosody predict(const Condition& c, const Sampling&) override {
      Prosody p;
      p.durations = c.durations.to(torch::kFloat) / 1.2;
      p.log_f0 = torch::full_like(p.durations, 5.0);
      p.voicing = torch::ones_like(p.durations);
      p.energy = torch::zeros_like(p.durations);
      return p;
    }
    Losses loss(const Batch&) override { return {}; }
    nlohmann::json to_json() const override { return {}; }
    std::map<std::string, double*> corrections() override {
      if (!corrected) return {};
      return {{"duration_scale", &duration_scale}, {"pause_scale", &pause_scale}};
    }
    bool corrected = true;
    double duration_scale = 3, pause_scale = 3;
  } model;
  const AcousticData data = toy_data(2);
  const auto batches = fixed_batches(data.train, 100, torch::kCPU);
  calibrate_durations(model, batches, batches);
  CHECK(model.duration_scale == doctest::Approx(1.2).epsilon(0.01));
  CHECK(model.pause_scale == doctest::Approx(1.2).epsilon(0.05));
  model.corrected = false;
  calibrate_durations(model, batches, batches);
  CHECK(model.duration_scale == doctest::Approx(1.2).epsilon(0.01));
}

TEST_CASE("new duration models have at most a million parameters; --predictor is total's") {
  const AcousticData data = toy_data(1);
  for (const auto& type : duration_types()) {
    for (const auto& predictor :
         type == "total" ? total_predictors() : std::vector<std::string>{""}) {
      CAPTURE(type);
      CAPTURE(predictor);
      int64_t count = 0;
      for (const auto& p : new_duration_model(data, type, predictor)->parameters())
        count += p.numel();
      CHECK(count <= 1000000);
    }
  }
  CHECK_THROWS_WITH(new_duration_model(data, "flow", "rate"),
                    doctest::Contains("--predictor is for --type total"));
  CHECK_THROWS_WITH(new_duration_model(data, "hmm"),
                    doctest::Contains("known: autoregressive, flow, phoneme, total"));
  CHECK_THROWS_WITH(new_duration_model(data, "total", "llm"),
                    doctest::Contains("known: autoregressive, phoneme, rate, regression"));
}

TEST_CASE("models are added to a voice, by name; the one that was there keeps its weights") {
  const AcousticData data = toy_data(1);
  const auto trained = [&](const std::string& type) {
    const std::string out = scratch("pack-" + type);
    DurationTask(tiny(type), data, task_options()).export_to(out);
    return out;
  };
  const std::string phoneme = trained("phoneme"), flow = trained("flow");
  const std::string base = scratch("voices") + "/base", voice = base + "/../anna";
  fs::create_directories(base);
  fs::create_directories(voice);
  VoiceManifest m;
  pack_durations({phoneme}, "phoneme", base, m);
  CHECK(m.durations.empty());
  CHECK(m.duration_names() == std::vector<std::string>{"phoneme"});
  write_json(
      base + "/base.json",
      {{"duration", m.duration}, {"symbols", data.symbol_table}, {"languages", data.languages}});
  write_json(voice + "/voice.json",
             {{"base", "../base"}, {"name", "anna"}, {"duration", {{"pause_scale", 1.75}}}});
  const auto hash = [&](const std::string& stem) {
    return content_hash(SafeTensors::open_sharded(base + "/" + stem));
  };
  const std::string before = hash("duration");
  add_durations({flow}, "", base);
  CHECK(hash("duration-phoneme") == before);
  CHECK(!fs::exists(base + "/duration.safetensors"));
  auto json = read_json(base + "/base.json");
  CHECK(!json.contains("duration"));
  CHECK(json.at("default_duration") == "phoneme");
  CHECK(json.at("durations").at("flow").at("type") == "flow");
  CHECK(read_json(voice + "/voice.json").at("durations").at("phoneme").at("pause_scale") == 1.75);
  add_durations({flow}, "flow", base);
  CHECK(read_json(base + "/base.json").at("default_duration") == "flow");
  CHECK_THROWS_WITH(add_durations({flow}, "total", base),
                    doctest::Contains("will have only: flow, phoneme"));
  // --init takes a packaged voice again: the model of its type.
  CHECK(packaged_duration_stem(json, {{"type", "flow"}}, "base") == "duration-flow");
  CHECK(packaged_duration_stem(json, {{"type", "total"}, {"predictor", "phoneme"}}, "base") ==
        "duration-phoneme");
  CHECK_THROWS_WITH(packaged_duration_stem(json, {{"type", "autoregressive"}}, "base"),
                    doctest::Contains("it has: flow, phoneme"));
  CHECK_THROWS_WITH(add_durations({flow, flow}, "", base), doctest::Contains("both of type"));
  json["symbols"] = {"_", "x"};
  write_json(base + "/base.json", json);
  CHECK_THROWS_WITH(add_durations({flow}, "", base),
                    doctest::Contains("\"symbols\" are not those"));
}
