// Bases and voices of what the trainers wrote, on folders without networks.
#include "train/voice_pack.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "nn/safetensors.h"
#include "tests/messages.h"
#include "tests/temporary_folder.h"
#include "tests/test.h"
#include "train/json_file.h"

namespace {

using nlohmann::json;

const json kStatistics = {
    {"energy_mean", 0}, {"energy_deviation", 1}, {"log_f0_mean", 5}, {"log_f0_deviation", 0.2}};

// Folders of an acoustic training of three speakers, of its durations and of a codec.
struct Trained {
  Trained() {
    json acoustic = {{"symbols", json::array()},
                     {"languages", {"en-us", "de"}},
                     {"frame_encoder", json::object()},
                     {"generators", {{"parallel", json::object()}}}};
    json durations = {{"symbols", json::array()},
                      {"languages", {"en-us", "de"}},
                      {"model", {{"type", "phoneme"}, {"duration_scale", 1}}},
                      {"speakers", json::object()}};
    for (const char* name : {"anna", "bert", "carla"}) {
      acoustic["speakers"][name] = {
          {"language", "de"}, {"statistics", kStatistics}, {"speaker", {1.0, 0.0}}};
      durations["speakers"][name] = {{"duration_scale", name[0] == 'b' ? 1.5 : 1.0}};
    }
    write_folder("acoustic", {"frame_encoder", "generator-parallel"}, "acoustic.json", acoustic);
    write_folder("durations", {"duration"}, "duration.json", durations);
    write_folder("codec", {"codec"}, "codec.json", json::object());
  }

  void write_folder(const std::string& name,
                    const std::vector<std::string>& stems,
                    const std::string& file,
                    const json& description) {
    std::filesystem::create_directories(folder / name);
    for (const auto& stem : stems)
      tts::save_safetensors(
          folder / (name + "/" + stem + ".safetensors"), {{"w", torch::ones({4, 4})}}, {});
    tts::write_json(folder / (name + "/" + file), description);
  }

  void build(const std::vector<std::string>& voices) const {
    tts::VoiceBuild b;
    b.name = "base";
    b.codec = folder / "codec";
    b.acoustic = {folder / "acoustic"};
    b.durations = {folder / "durations"};
    b.voices = voices;
    tts::build_voice(b, folder / "voices/base");
  }

  bool has(const std::string& path) const {
    return std::filesystem::exists(folder / ("voices/" + path));
  }

  TemporaryFolder folder;
};

}  // namespace

TEST_CASE("several speakers: a base, and a voice for each that is asked for") {
  const Trained trained;
  SUBCASE("all, where none is named") {
    trained.build({});
    for (const char* name : {"anna", "bert", "carla"})
      CHECK_MESSAGE(trained.has(std::string(name) + "/voice.json"), name);
  }
  SUBCASE("two") {
    trained.build({"bert", "carla"});
    CHECK(!trained.has("anna"));
    CHECK(trained.has("carla/voice.json"));
    const json bert = tts::read_json(trained.folder / "voices/bert/voice.json");
    CHECK(bert.at("base") == "../base");
    CHECK(bert.at("language") == "de");
    CHECK(bert.at("duration").at("duration_scale") == 1.5);
  }
  CHECK(trained.has("base/base.json"));
  CHECK(trained.has("base/frame_encoder.safetensors"));
}

TEST_CASE(
    "a voice of a speaker that nothing was trained on is refused before anything is written") {
  const Trained trained;
  const std::string message = message_of(tts::ErrorCode::kUsage, [&] {
    trained.build({"anna", "dora"});
  });
  CHECK(contains_text(message, "\"dora\""));
  CHECK(contains_text(message, "anna, bert, carla"));
  CHECK(!trained.has("base"));
}
