// voice.json and codec.json: what is taken can be asked for its parts, and is written as it was
// read.
#include "core/text_types.h"
#include "core/voice_manifest.h"
#include "tests/fuzz/fuzz.h"

using namespace tts;
using namespace tts::fuzz;

namespace {

void check_voice(const VoiceManifest& voice) {
  require(is_voice_name(voice.name), "the name is \"", voice.name, "\"");
  require(!voice.languages.empty() && voice.language_id(voice.language) >= 0, "languages");
  require(voice.symbol_id(kSilence) == 0, "the first symbol is no silence");
  const nlohmann::json written = voice.to_json();
  const VoiceManifest again = VoiceManifest::from({written, "again"});
  require(again.to_json() == written, "written and read again it differs: ", written.dump());
  if (voice.dummy) return;
  require(is_voice_name(voice.default_generator), "the default generator's name");
  for (const auto& name : voice.duration_names()) voice.duration_config(name);
  for (const auto& name : voice.generator_names()) voice.generator_config(name);
  voice.duration_config(voice.default_duration_name());
  voice.generator_config(voice.default_generator);
  require(!voice.frame_encoder_config().where().empty(), "a section without place");
}

void check_codec(const CodecManifest& codec) {
  const nlohmann::json written = codec.to_json();
  require(CodecManifest::from({written, "again"}).to_json() == written, "the codec differs");
}

}  // namespace

TTS_FUZZ_TARGET(voice_json, 5000, ErrorCode::kVoice) {
  const std::string& path = write_scratch("voice.json", bytes);
  try {
    check_codec(CodecManifest::from_file(path));
  } catch (const Error& e) {
    require(e.code() == ErrorCode::kVoice, "codec.json: ", e.what());
  }
  check_voice(VoiceManifest::from_file(path));
}
