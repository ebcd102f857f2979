// A generator that is given no durations, F0 or energy, in a voice.
#include "engine/voice.h"
#include "tests/engine/helpers.h"
#include "tests/engine/tiny_voice.h"

using namespace tts;

namespace {

// The tiny voice with a generator "two_stage" of random weights.
std::string write_two_stage_voice(const std::string& root) {
  tiny::write_voice(root);
  const std::string folder = root + "/tiny";
  nlohmann::json json = tiny::read_json(folder + "/voice.json");
  nlohmann::json& two_stage = json["generators"]["two_stage"] = tiny::tiny_tokens();
  two_stage.update({{"type", "two_stage"},
                    {"semantic_entries", 6},
                    {"semantic_channels", 8},
                    {"semantic_blocks", 1},
                    {"heads", 2}});
  const auto encoder =
      std::make_shared<FrameEncoder>(FrameEncoderOptions::from({json["frame_encoder"], "tiny"}));
  torch::manual_seed(7);
  const auto module = make_generator({json["generators"]["two_stage"], "tiny"}, encoder);
  save_sharded(folder + "/generator-two_stage", module_tensors(*module), {}, SaveType::kHalf);
  tiny::write_json(folder + "/voice.json", json);
  return folder;
}

}  // namespace

TEST_CASE("two_stage: a voice speaks with it at any speed; pitch and energy are refused") {
  const TemporaryFolder root;
  const auto voice = Voice::open(write_two_stage_voice(root.path));
  const auto samples = [&](SpeakOptions options) {
    options.generator = "two_stage";
    return hear(Synthesizer(voice, options), "[[həlˈoʊ]].", InputKind::kPlain).audio.size();
  };
  const size_t usual = samples(seeded());
  SpeakOptions slower = seeded(), higher = seeded(), louder = seeded(), fitted = seeded();
  slower.speed_ratio = 0.5;
  CHECK(samples(slower) > usual);
  fitted.duration_s = 1.25 * static_cast<double>(usual) / 24000;
  CHECK(samples(fitted) == usual + usual / 4);
  higher.pitch_semitones = 2;
  CHECK(message_of(ErrorCode::kUsage, [&] { samples(higher); }) ==
        "generator \"two_stage\" does not follow pitch; generators that do: flow, parallel");
  louder.energy_db = 3;
  CHECK(message_of(ErrorCode::kUsage, [&] { samples(louder); }) ==
        "generator \"two_stage\" does not follow energy; generators that do: flow, parallel");
}
