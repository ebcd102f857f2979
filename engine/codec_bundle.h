// A codec folder, loaded: what listens, what sounds, and the identity that ties voices and token
// files to it.
#pragma once
#include <memory>
#include <string>

#include "codec/codec.h"
#include "engine/voice_files.h"
#include "vocoder/vocoder.h"

namespace tts {

struct CodecBundle {
  Codec codec{nullptr};
  std::shared_ptr<Vocoder> vocoder;
  std::string identity;  // content_hash of codec.safetensors
  torch::Device device = torch::kCPU;

  // Throws Error(kVoice) naming the file and what is wrong with it.
  static std::shared_ptr<const CodecBundle> open(const VoiceFiles& files,
                                                 const torch::Device& device);
  static std::shared_ptr<const CodecBundle> open(const std::string& folder,
                                                 const torch::Device& device);
};

// "cpu", "cuda", "cuda:1". Throws Error(kUsage) for another word or a device that is not there.
torch::Device parse_device(const std::string& name);

}  // namespace tts
