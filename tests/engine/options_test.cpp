#include "engine/options.h"

#include <algorithm>

#include "core/error.h"
#include "core/known_names.h"
#include "tests/engine/helpers.h"
#include "tests/engine/tiny_voice.h"
#include "tests/test.h"

using namespace tts;

TEST_CASE("options: every option of the table can be set from text") {
  SpeakOptions options;
  for (const OptionInfo& option : option_table()) {
    const std::string name = option.name;
    const std::string value = name == "solver"                   ? "midpoint"
                              : name == "sway"                   ? "-1"
                              : name == "level-steps"            ? "8,3"
                              : name == "check"                  ? "retry"
                              : option.type == OptionType::kText ? "x"
                                                                 : "1";
    if (name == "sample-rate") {
      set_option(options, name, "16000");
    } else {
      set_option(options, name, value);
    }
  }
  CHECK(options.speed_ratio == 1);
  CHECK(*options.duration_s == 1);
  CHECK(options.durations == "x");
  CHECK(*options.duration_temperature == 1);
  CHECK(options.generator == "x");
  CHECK(options.check == CheckMode::kRetry);
  CHECK(*options.retries == 1);
  CHECK(*options.solver == "midpoint");
  CHECK(*options.sample_rate_hz == 16000);
  CHECK(options.lexicons == std::vector<std::string>{"x"});
  REQUIRE(options.prompts.size() == 1);
  CHECK(options.prompts[0].name == "x");
  CHECK(options.prompt_texts == std::vector<std::string>{"x"});
  CHECK(generator_options_set(options) == std::vector<std::string>{"steps",
                                                                   "temperature",
                                                                   "guidance",
                                                                   "solver",
                                                                   "sway",
                                                                   "snap",
                                                                   "level-steps",
                                                                   "fine-temperature",
                                                                   "choice-temperature",
                                                                   "guidance-end",
                                                                   "top-k",
                                                                   "top-p",
                                                                   "repetition-window",
                                                                   "repetition-share",
                                                                   "rescore",
                                                                   "pointer",
                                                                   "pointer-temperature",
                                                                   "first-seconds"});
}

TEST_CASE("options: 0 is a value, not the default") {
  SpeakOptions options;
  set_option(options, "volume", "0");
  set_option(options, "temperature", "0");
  set_option(options, "seed", "0");
  CHECK(options.volume == 0);
  CHECK(*options.temperature == 0);
  CHECK(*options.seed == 0);
}

TEST_CASE("options: a seed uses all 64 bits") {
  SpeakOptions options;
  set_option(options, "seed", "18446744073709551615");
  CHECK(*options.seed == UINT64_MAX);
  for (const char* bad : {"", "-1", "1.5", "18446744073709551616", "x"}) {
    CHECK_THROWS_AS(set_option(options, "seed", bad), Error);
  }
}

TEST_CASE("options: wrong values and names say what would be right") {
  SpeakOptions options;
  const auto message = [&](const char* name, const char* value) {
    return message_of(ErrorCode::kUsage, [&] { set_option(options, name, value); });
  };
  CHECK(message("speed", "3") == "speed is \"3\"; it must be a number from 0.5 to 2");
  CHECK(message("speed", "fast") == "speed is \"fast\"; it must be a number from 0.5 to 2");
  CHECK(message("speed", "nan") == "speed is \"nan\"; it must be a number from 0.5 to 2");
  CHECK(message("steps", "1.5") == "steps is \"1.5\"; it must be a whole number");
  for (const char* bad : {"", "8,", "8,0", "8;3", "1001", "x"}) {
    CHECK(message("level-steps", bad) ==
          "level-steps is \"" + std::string(bad) +
              "\"; it must be whole numbers from 1 to 1000 with commas between them");
  }
  set_option(options, "level-steps", "8,3,1");
  CHECK(options.level_steps == std::vector<int64_t>{8, 3, 1});
  CHECK(message("top-p", "1.1") == "top-p is \"1.1\"; it must be a number from 0 to 1");
  CHECK(message("solver", "heun") == "solver is \"heun\"; known: euler, midpoint");
  CHECK(message("sped", "1") ==
        "unknown option \"sped\"; did you mean \"speed\"? known: language, speed, duration, pitch, "
        "energy, volume, generator, durations, duration-temperature, steps, temperature, guidance, "
        "solver, sway, snap, level-steps, fine-temperature, "
        "choice-temperature, guidance-end, top-k, top-p, repetition-window, repetition-share, "
        "rescore, "
        "pointer, pointer-temperature, first-seconds, first-clause, check, retries, seed, "
        "sample-rate, lexicon, prompt-wav, prompt-text");
  CHECK(contains_text(message("lang", "x"), "did you mean \"language\"?"));
  CHECK(contains_text(message("loudness_range", "1"), "\"loudness_range\"; known: language"));
}

TEST_CASE("options: defaults and ranges that are shown are those that hold") {
  SpeakOptions options;
  const Sampling sampling;
  for (const OptionInfo& option : option_table()) {
    // Some are, unless given, what another option is.
    const bool follows =
        std::any_of(option_table().begin(), option_table().end(), [&](const OptionInfo& other) {
          return std::string(option.standard) == other.name;
        });
    // Both depend on the text and the model.
    const bool has_standard = option.name != std::string("duration") &&
                              option.name != std::string("duration-temperature");
    if (!follows && option.type == OptionType::kNumber && has_standard)
      set_option(options, option.name, option.standard);
    CHECK(range_of(option).empty() == (option.type == OptionType::kText));
  }
  const SpeakOptions untouched;
  CHECK(options.speed_ratio == untouched.speed_ratio);
  CHECK(options.pitch_semitones == untouched.pitch_semitones);
  CHECK(options.energy_db == untouched.energy_db);
  CHECK(options.volume == untouched.volume);
  CHECK(*options.temperature == sampling.temperature);
  CHECK(*options.choice_temperature == sampling.choice_temperature);
  CHECK(*options.top_p == sampling.top_p);
  CHECK(*options.repetition_share == sampling.repetition_share);
  const TemporaryFolder folder;
  tiny::write_voice(folder.path);
  const auto voice = Voice::open(folder.path + "/tiny");
  for (const auto& name : voice->generator_names()) {
    const auto& generator = voice->generator(name);
    const auto has = generator.options();
    if (std::count(has.begin(), has.end(), "guidance") > 0)
      CHECK(generator.defaults().guidance == *options.guidance);
  }
  const auto message = [&](const char* name, const char* value) {
    return message_of(ErrorCode::kUsage, [&] { set_option(options, name, value); });
  };
  CHECK(contains_text(message("seed", "x"), "from 0 to 18446744073709551615"));
  CHECK(contains_text(message("sample-rate", "1"), "from 8000 to 192000"));
}

TEST_CASE("options: numbers of threads") {
  const auto parse_threads = [](const char* value) {
    return parse_integer(threads_option(), value);
  };
  CHECK(parse_threads("0") == 0);
  CHECK(parse_threads("1024") == 1024);
  for (const char* bad : {"", "-1", "1025", "1.5", "x"}) {
    CHECK(contains_text(message_of(ErrorCode::kUsage, [&] { parse_threads(bad); }), "threads is"));
  }
}

TEST_CASE("options: the nearest name is near, or none") {
  CHECK(nearest_name("temprature", {"speed", "temperature"}) == "temperature");
  CHECK(nearest_name("xyz", {"speed", "temperature"}).empty());
  CHECK(nearest_name("temp", {"speed", "temperature"}) == "temperature");
  CHECK(nearest_name("", {"speed", "temperature"}).empty());
}
