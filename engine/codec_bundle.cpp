#include "engine/codec_bundle.h"

#include "core/error.h"
#include "core/voice_manifest.h"

namespace tts {

std::shared_ptr<const CodecBundle> CodecBundle::open(const VoiceFiles& files,
                                                     const torch::Device& device) {
  const CodecManifest manifest = CodecManifest::from(files.config(kCodecFile));
  auto bundle = std::make_shared<CodecBundle>();
  const SafeTensors weights = files.weights("codec");
  bundle->identity = content_hash(weights);
  bundle->codec = Codec(CodecOptions::from(manifest.codec_config()));
  load_into(*bundle->codec, weights, "", manifest.where);
  bundle->vocoder = make_vocoder(manifest.vocoder_config());
  const int64_t latent = bundle->codec->options().encoder.latent;
  if (bundle->vocoder->to_json().value("latent", latent) != latent) {
    fail(ErrorCode::kVoice,
         manifest.where,
         ": vocoder: latent is ",
         bundle->vocoder->to_json()["latent"],
         "; the codec's is ",
         latent);
  }
  load_into(*bundle->vocoder, files.weights("vocoder"), "", manifest.where);
  bundle->device = device;
  bundle->codec->to(device);
  bundle->vocoder->to(device);
  bundle->codec->eval();
  bundle->vocoder->eval();
  return bundle;
}

std::shared_ptr<const CodecBundle> CodecBundle::open(const std::string& folder,
                                                     const torch::Device& device) {
  return open(*folder_files(folder), device);
}

torch::Device parse_device(const std::string& name) {
  const bool cuda =
      name == "cuda" || (name.size() > 5 && name.compare(0, 5, "cuda:") == 0 &&
                         name.find_first_not_of("0123456789", 5) == std::string::npos);
  if (name != "cpu" && !cuda) {
    fail(ErrorCode::kUsage, "device is \"", name, "\"; known: cpu, cuda, cuda:0, cuda:1, …");
  }
  const int64_t index = name.size() > 5 ? std::stoll(name.substr(5, 4)) : 0;
  if (cuda && index >= static_cast<int64_t>(torch::cuda::device_count())) {
    fail(ErrorCode::kUsage,
         "device is \"",
         name,
         "\", but this machine and this LibTorch offer ",
         static_cast<int>(torch::cuda::device_count()),
         " CUDA devices; use --device cpu");
  }
  return torch::Device(name);
}

}  // namespace tts
