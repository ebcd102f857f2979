#include "core/config.h"

#include "core/error.h"
#include "tests/test.h"

using namespace tts;

namespace {

Config sample() {
  return Config(nlohmann::json::parse(R"({
    "steps": 10, "rate": 2.5, "whole": 3, "fast": true, "name": "kathleen", "kind": "convv",
    "sizes": [1, 2, 3], "gains": [0.5, 1], "languages": ["en", "de"], "inner": {"depth": 4}})"),
                "voice.json");
}

template <typename Call>
std::string refusal(Call call) {
  Config config = sample();
  try {
    call(config);
    return "";
  } catch (const Error& e) {
    CHECK(e.code() == ErrorCode::kVoice);
    return e.what();
  }
}

}  // namespace

TEST_CASE("config: values come out as they stand") {
  Config config = sample();
  CHECK(config.integer("steps", 1, 10) == 10);
  CHECK(config.number("rate", 0, 3) == 2.5);
  CHECK(config.number("whole", 0, 3) == 3);
  CHECK(config.boolean("fast"));
  CHECK(config.text("name") == "kathleen");
  CHECK(config.choice("kind", {"conv", "convv"}) == "convv");
  CHECK(config.integers("sizes", 1, 3) == std::vector<int64_t>{1, 2, 3});
  CHECK(config.numbers("gains") == std::vector<double>{0.5, 1});
  CHECK(config.texts("languages") == std::vector<std::string>{"en", "de"});
  Config inner = config.section("inner");
  CHECK(inner.integer("depth", 0, 9) == 4);
  CHECK(inner.where() == "voice.json: inner");
  CHECK(config.has("steps"));
  CHECK(!config.has("step"));
  CHECK_NOTHROW(config.finish());
  CHECK_NOTHROW(inner.finish());
}

TEST_CASE("config: every refusal names file, key and value") {
  CHECK(refusal([](Config& c) { c.integer("depth", 0, 1); }) == "voice.json: \"depth\" is missing");
  CHECK(refusal([](Config& c) { c.integer("name", 0, 1); }) ==
        "voice.json: \"name\" is \"kathleen\"; it must be an integer");
  CHECK(refusal([](Config& c) { c.integer("rate", 0, 9); }) ==
        "voice.json: \"rate\" is 2.5; it must be an integer");
  CHECK(refusal([](Config& c) { c.integer("steps", 1, 9); }) ==
        "voice.json: \"steps\" is 10; it must be 1 to 9");
  CHECK(refusal([](Config& c) { c.number("rate", 3, 4); }) ==
        "voice.json: \"rate\" is 2.5; it must be 3 to 4");
  CHECK(refusal([](Config& c) { c.boolean("steps"); }) ==
        "voice.json: \"steps\" is 10; it must be true or false");
  CHECK(refusal([](Config& c) { c.text("steps"); }) ==
        "voice.json: \"steps\" is 10; it must be a string");
  CHECK(refusal([](Config& c) {
          c.choice("kind", {"phoneme", "flow"});
        }) == "voice.json: kind is \"convv\"; known: phoneme, flow");
  CHECK(refusal([](Config& c) { c.integers("sizes", 1, 2); }) ==
        "voice.json: \"sizes\" holds 3; each must be an integer from 1 to 2");
  CHECK(refusal([](Config& c) { c.numbers("languages"); }) ==
        "voice.json: \"languages\" holds \"en\"; each must be a number");
  CHECK(refusal([](Config& c) { c.texts("sizes"); }) ==
        "voice.json: \"sizes\" holds 1; each must be a string");
  CHECK(refusal([](Config& c) { c.section("sizes"); }) ==
        "voice.json: \"sizes\" is [1,2,3]; it must be an object");
  CHECK(refusal([](Config& c) { c.section("inner").text("depth"); }) ==
        "voice.json: inner: \"depth\" is 4; it must be a string");
}

TEST_CASE("config: a key that nobody read is an error") {
  Config config(nlohmann::json{{"steps", 1}, {"stepz", 2}}, "voice.json");
  config.integer("steps", 0, 9);
  CHECK_THROWS_WITH(config.finish(), "voice.json: unknown key \"stepz\"; known: steps");
}

TEST_CASE("config: files that are missing or no JSON") {
  CHECK_THROWS_WITH_AS(Config::from_file("/nonexistent/voice.json"),
                       "/nonexistent/voice.json: cannot be opened",
                       Error);
  CHECK_THROWS_AS(Config(nlohmann::json::array(), "x"), Error);
  CHECK_THROWS_AS(Config::from_file("/dev/null"), Error);
  CHECK_THROWS_AS(Config::from_file("/tmp"), Error);
}

TEST_CASE("config: numbers that do not fit the type are refused") {
  Config config(
      nlohmann::json::parse(R"({"large": 18446744073709551615, "many": [18446744073709551615]})"),
      "x");
  CHECK_THROWS_AS(config.integer("large", -5, 1000), Error);
  CHECK_THROWS_AS(config.integers("many", -5, 1000), Error);
}
