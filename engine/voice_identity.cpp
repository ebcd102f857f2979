#include "engine/voice_identity.h"

#include "core/hash.h"
#include "engine/dummy.h"
#include "engine/voice.h"
#include "engine/voice_file.h"

namespace tts {
namespace {

std::string weights_of_stages(const VoiceFiles& files, const VoiceManifest& manifest) {
  std::string out = content_hash(files.weights("frame_encoder"));
  for (const auto& model : manifest.duration_names())
    out += content_hash(files.weights(manifest.duration_stem(model)));
  for (const auto& generator : manifest.generator_names())
    out += content_hash(files.weights("generator-" + generator));
  const auto codec = files.codec(manifest.codec_folder);
  out += codec->config(kCodecFile).json().dump();
  return out + content_hash(codec->weights("codec")) + content_hash(codec->weights("vocoder"));
}

}  // namespace

std::string voice_identity(const std::string& path_or_name, bool prompts) {
  const VoiceSource source = open_found_voice(find_voice(path_or_name));
  const VoiceManifest& manifest = source.manifest;
  std::string content = manifest.to_json().dump();
  if (!manifest.dummy) {
    content += weights_of_stages(*source.files, manifest);
    if (prompts) {
      const auto encoder = source.files->speaker_encoder(manifest.encoder_folder);
      content += encoder->config(kEncoderFile).json().dump();
      content += content_hash(encoder->weights("speaker"));
    }
  }
  return to_hex(xxh64(content.data(), content.size()));
}

}  // namespace tts
