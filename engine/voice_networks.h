// The networks of a voice that know no speaker: codec, vocoder, frame encoder, generators. Voices
// of one base have them in common.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "acoustic/generator.h"
#include "core/voice_manifest.h"
#include "engine/codec_bundle.h"
#include "engine/voice_files.h"

namespace tts {

// Immutable but for what is loaded when first asked for; any number of threads may use it.
class VoiceNetworks {
 public:
  // Those of the same files, description and device are the ones that another voice has loaded, as
  // long as one is there. Throws Error(kVoice) naming file, key and what is wrong.
  static std::shared_ptr<const VoiceNetworks> open(std::shared_ptr<const VoiceFiles> files,
                                                   const VoiceManifest& manifest,
                                                   const torch::Device& device);
  VoiceNetworks(std::shared_ptr<const VoiceFiles> files,
                const VoiceManifest& manifest,
                const torch::Device& device);

  const CodecBundle& codec() const { return *codec_; }
  const FrameEncoderOptions& frame_encoder() const { return frame_encoder_->options(); }
  // One of generator_names_of(manifest).
  Generator& generator(const std::string& name) const;

 private:
  // With mutex_ held.
  std::shared_ptr<Generator> loaded(const std::string& name) const;
  std::shared_ptr<Generator> load(const std::string& name) const;

  const std::shared_ptr<const VoiceFiles> files_;
  const VoiceManifest manifest_;
  const torch::Device device_;
  std::shared_ptr<const CodecBundle> codec_;
  std::shared_ptr<FrameEncoder> frame_encoder_;
  mutable std::mutex mutex_;  // guards generators_
  mutable std::map<std::string, std::shared_ptr<Generator>> generators_;
};

// Throws Error(kVoice) unless `member` has no `key` or has it with the value `expected`: a mismatch
// of two files would show only as an error deep in a network.
void check_dimension(const nlohmann::json& member,
                     const char* key,
                     int64_t expected,
                     const std::string& where);

void make_ready(torch::nn::Module& module, const torch::Device& device);

}  // namespace tts
