// Where a voice's files come from: a folder or memory.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "core/config.h"
#include "core/voice_manifest.h"
#include "nn/safetensors.h"

namespace tts {

inline constexpr char kEncoderFile[] = "speaker.json";

class VoiceFiles {
 public:
  virtual ~VoiceFiles() = default;
  // Says where they are, one word for the same files; "" where nobody else can find them.
  virtual std::string place() const = 0;
  // `name` is "voice.json". Throw Error(kVoice) naming the file when it is missing or damaged.
  virtual Config config(const std::string& name) const = 0;
  // `stem` is "duration": duration.safetensors or its shards.
  virtual SafeTensors weights(const std::string& stem) const = 0;
  // The codec's files of a voice whose manifest says `folder`.
  virtual std::unique_ptr<VoiceFiles> codec(const std::string& folder) const = 0;
  // The files of the base of such a voice.
  virtual std::unique_ptr<VoiceFiles> base(const std::string& folder) const = 0;
  // The files of the speaker encoder; "" is the one beside the voice.
  virtual std::unique_ptr<VoiceFiles> speaker_encoder(const std::string& folder) const = 0;
};

std::unique_ptr<VoiceFiles> folder_files(const std::string& folder);

// A voice's manifest, laid over that of its base where it names one; then the files are the base's.
struct VoiceSource {
  std::unique_ptr<VoiceFiles> files;
  VoiceManifest manifest;
  std::string base;              // name of the base's folder; "" for a voice of its own
  nlohmann::json base_duration;  // the base's section, before the voice's corrections: of its one
                                 // duration model or of several by name
};
VoiceSource open_source(std::unique_ptr<VoiceFiles> files);

// A voice's own sections over those of its base (RFC 7396). A "duration" that was written when the
// base had one model goes to the phoneme member, which was it, where the base has several now.
nlohmann::json lay_over_base(nlohmann::json base, nlohmann::json changes);
// "duration" or "durations" of base.json.
nlohmann::json duration_section_of(const nlohmann::json& base);

// Names as in a folder that holds voice.json, the weights, and the codec's files under "codec/", a
// base's under "base/", a speaker encoder's under "speaker/".
std::unique_ptr<VoiceFiles> memory_files(std::map<std::string, std::string> files);

}  // namespace tts
