#include "core/voice_manifest.h"

#include "core/error.h"
#include "tests/test.h"

using namespace tts;

namespace {

nlohmann::json good() {
  return nlohmann::json::parse(R"({
    "format": 1, "name": "kathleen", "languages": ["en-us", "en-gb"], "sample_rate_hz": 24000, "gain_db": -1.5,
    "symbols": ["_", "|", ".", "a", "tʃ"],
    "codec": {"folder": "../codec", "identity": "0123456789abcdef"},
    "statistics": {"energy_mean": -3.5, "energy_deviation": 1.25, "log_f0_mean": 5.25, "log_f0_deviation": 0.25},
    "duration": {"type": "phoneme", "blocks": 3}, "frame_encoder": {"channels": 192},
    "generators": {"flow": {"type": "flow"}, "parallel": {"type": "parallel"}},
    "default_generator": "flow"})");
}

std::string message_of(const nlohmann::json& json) {
  try {
    VoiceManifest::from(Config(json, "x/voice.json"));
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::kVoice);
    return e.what();
  }
  return "";
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("manifest: read, looked up, written back as it was") {
  const VoiceManifest manifest = VoiceManifest::from(Config(good(), "x/voice.json"));
  CHECK(manifest.name == "kathleen");
  CHECK(manifest.gain_db == -1.5);
  CHECK(manifest.statistics.energy_deviation == 1.25);
  CHECK(manifest.symbol_id("tʃ") == 4);
  CHECK(manifest.symbol_id("x") == -1);
  CHECK(manifest.language_id("en-gb") == 1);
  CHECK(manifest.language_id("en") == 0);
  CHECK(manifest.language_id("de") == -1);
  CHECK(manifest.generator_names() == std::vector<std::string>{"flow", "parallel"});
  CHECK(manifest.to_json() == good());
}

TEST_CASE("manifest: every key is needed, none may be unknown; both are named") {
  const nlohmann::json whole = good();
  for (const auto& item : whole.items()) {
    nlohmann::json bad = good();
    bad.erase(item.key());
    CHECK_MESSAGE(has(message_of(bad), "x/voice.json: \"" + item.key() + "\" is missing"),
                  item.key());
    bad = good();
    bad[item.key()] = nullptr;
    CHECK_MESSAGE(has(message_of(bad), item.key()), item.key());
  }
  nlohmann::json bad = good();
  bad["symbls"] = 1;
  CHECK(has(message_of(bad), "unknown key \"symbls\""));
  bad = good();
  bad["codec"]["hash"] = 1;
  CHECK(has(message_of(bad), "x/voice.json: codec: unknown key \"hash\""));
}

TEST_CASE("manifest: one duration model goes by its type, several by their names") {
  nlohmann::json json = good();
  const VoiceManifest one = VoiceManifest::from(Config(json, "x/voice.json"));
  CHECK(one.duration_names() == std::vector<std::string>{"phoneme"});
  CHECK(one.default_duration_name() == "phoneme");
  CHECK(one.duration_stem("phoneme") == "duration");
  CHECK(one.duration_config().json() == json["duration"]);
  json["durations"] = {{"phoneme", {{"type", "phoneme"}}}, {"lively", {{"type", "flow"}}}};
  json["default_duration"] = "lively";
  CHECK(has(message_of(json), "has \"duration\" and \"durations\""));
  json.erase("duration");
  const VoiceManifest several = VoiceManifest::from(Config(json, "x/voice.json"));
  CHECK(several.to_json() == json);
  CHECK(several.duration_names() == std::vector<std::string>{"lively", "phoneme"});
  CHECK(several.duration_stem("lively") == "duration-lively");
  CHECK(several.duration_config().json()["type"] == "flow");
  CHECK(several.duration_config("phoneme").where() == "x/voice.json: durations: phoneme");
  CHECK_THROWS_WITH(several.duration_config("slow"),
                    "voice \"kathleen\" has no durations \"slow\"; it has: lively, phoneme");
  json["default_duration"] = "slow";
  CHECK(has(message_of(json), "default_duration is \"slow\"; known: lively, phoneme"));
  json["durations"]["a/b"] = {{"type", "flow"}};
  CHECK(has(message_of(json), "letters, digits, - or _"));
}

TEST_CASE("manifest: values that cannot be") {
  const auto with = [](const char* pointer, const nlohmann::json& value) {
    nlohmann::json bad = good();
    bad[nlohmann::json::json_pointer(pointer)] = value;
    return message_of(bad);
  };
  CHECK(has(with("/format", 2), "too old for it"));
  CHECK(has(with("/name", "../x"), "letters, digits"));
  CHECK(has(with("/name", ""), "letters, digits"));
  CHECK(has(with("/languages", nlohmann::json::array()), "languages"));
  CHECK(has(with("/sample_rate_hz", 16000), "24000"));
  CHECK(has(with("/gain_db", 100), "-60 to 60"));
  CHECK(has(with("/symbols", {"a"}), "must begin with \"_\""));
  CHECK(has(with("/symbols", {"_", "a", "a"}), "each must be there once"));
  CHECK(has(with("/codec/identity", "xyz"), "16 hexadecimal digits"));
  CHECK(has(with("/default_generator", "masked"), "known: flow, parallel"));
  CHECK(has(with("/statistics/energy_deviation", 0), "energy_deviation"));
  nlohmann::json bad = good();
  bad["generators"]["a/b"] = {{"type", "flow"}};
  CHECK(has(message_of(bad), "a/b"));
}

TEST_CASE("manifest: a dummy voice needs no stages") {
  const auto json =
      nlohmann::json::parse(R"({"format": 1, "name": "d", "type": "dummy", "languages": ["en-us"],
    "sample_rate_hz": 24000, "gain_db": 0.0, "symbols": ["_", "a"]})");
  const VoiceManifest manifest = VoiceManifest::from(Config(json, "d/voice.json"));
  CHECK(manifest.dummy);
  CHECK(manifest.to_json() == json);
}

TEST_CASE("manifest: an unknown generator is the caller's mistake") {
  const VoiceManifest manifest = VoiceManifest::from(Config(good(), "x/voice.json"));
  CHECK_THROWS_WITH_AS(manifest.generator_config("masked"),
                       "voice \"kathleen\" has no generator \"masked\"; it has: flow, parallel",
                       Error);
  CHECK(manifest.generator_config("flow").where() == "x/voice.json: generators: flow");
}

TEST_CASE("codec manifest: there and back") {
  const nlohmann::json json = {{"format", 1}, {"codec", {{"a", 1}}}, {"vocoder", {{"type", "t"}}}};
  CHECK(CodecManifest::from(Config(json, "codec.json")).to_json() == json);
  CHECK_THROWS_AS(CodecManifest::from(Config({{"format", 1}}, "codec.json")), Error);
}

TEST_CASE("manifest: the speaker encoder, where it is named") {
  nlohmann::json json = good();
  json["speaker"] = {0.5, -0.5};
  json["speaker_encoder"] = {{"folder", "../speaker"}, {"identity", "fedcba9876543210"}};
  const VoiceManifest manifest = VoiceManifest::from(Config(json, "x/voice.json"));
  CHECK(manifest.encoder_folder == "../speaker");
  CHECK(manifest.encoder_identity == "fedcba9876543210");
  CHECK(manifest.to_json() == json);
  CHECK(manifest.traits().vector == std::vector<double>{0.5, -0.5});
  CHECK(manifest.traits().gain_db == -1.5);
  CHECK(VoiceManifest::from(Config(good(), "x/voice.json")).encoder_folder.empty());
  json["speaker_encoder"]["identity"] = "x";
  CHECK(has(message_of(json), "x/voice.json: speaker_encoder: \"identity\" is \"x\""));
}
