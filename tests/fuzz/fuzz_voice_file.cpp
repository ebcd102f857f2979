// Portable voices: what is taken is written and read again as the same, and laid over a base it is
// a manifest or an error.
#include "engine/voice_file.h"
#include "tests/fuzz/fuzz.h"

using namespace tts;
using namespace tts::fuzz;

namespace {

const nlohmann::json& base() {
  static const nlohmann::json json = nlohmann::json::parse(R"({
    "format": 1, "name": "base", "languages": ["en-us", "de"], "sample_rate_hz": 24000,
    "gain_db": 0, "symbols": ["_", "a"],
    "codec": {"folder": "../codec", "identity": "0123456789abcdef"},
    "statistics": {"energy_mean": 0, "energy_deviation": 1, "log_f0_mean": 5, "log_f0_deviation": 0.2},
    "durations": {"phoneme": {"type": "phoneme"}, "flow": {"type": "flow"}},
    "default_duration": "phoneme", "frame_encoder": {"type": "convnext"},
    "generators": {"flow": {"type": "flow"}}, "default_generator": "flow"})");
  return json;
}

void check_same(const VoiceFile& a, const VoiceFile& b) {
  require(a.name == b.name && a.language == b.language && a.licence == b.licence &&
              a.origin == b.origin && a.base == b.base && a.base_identity == b.base_identity &&
              a.codec_identity == b.codec_identity,
          "a text differs");
  require(a.traits.vector == b.traits.vector && a.traits.gain_db == b.traits.gain_db &&
              to_json(a.traits.statistics) == to_json(b.traits.statistics),
          "the speaker differs");
  require(a.duration == b.duration && a.vectors.sizes() == b.vectors.sizes(), "the rest differs");
  require(a.prompts.size() == b.prompts.size(), "the prompts differ");
  for (size_t i = 0; i < a.prompts.size(); ++i)
    require(a.prompts[i].text == b.prompts[i].text && a.prompts[i].report == b.prompts[i].report &&
                a.prompts[i].codes.equal(b.prompts[i].codes),
            "prompt ",
            i,
            " differs");
}

}  // namespace

TTS_FUZZ_TARGET(voice_file, 3000, ErrorCode::kVoice) {
  const VoiceFile voice =
      voice_file_of(SafeTensors::from_memory(bytes.data(), bytes.size(), "a.voice"));
  const std::string& path = scratch_path("again.voice");
  write_voice_file(path, voice);
  check_same(voice, read_voice_file(path));
  const VoiceManifest manifest =
      VoiceManifest::from({lay_over_base(base(),
                                         {{"name", voice.name},
                                          {"language", voice.language},
                                          {"gain_db", voice.traits.gain_db},
                                          {"speaker", voice.traits.vector},
                                          {"duration", voice.duration}}),
                           "a.voice"});
  require(manifest.name == voice.name, "the name differs");
}
