#include <filesystem>

#include "core/atomic_file.h"
#include "core/voice_manifest.h"
#include "nn/safetensors.h"
#include "train/codec_task.h"

namespace tts {

CodecModels new_codec(const std::string& vocoder_type, const nlohmann::json& changes) {
  CodecModels models;
  models.codec = Codec(CodecOptions{});
  nlohmann::json vocoder = {{"type", vocoder_type},
                            {"latent", 64},
                            {"channels", 384},
                            {"lookahead_50hz", {2, 1, 0}},
                            {"lookahead_100hz", {0, 0, 0, 0}}};
  if (vocoder_type == "source_filter") {
    vocoder.update({{"f0_bins", 128}, {"f0_hidden", 128}, {"breath_depth", 0.8}});
  }
  vocoder.merge_patch(changes);
  models.vocoder = make_vocoder(Config(vocoder, "new codec: vocoder"));
  return models;
}

Tensor SpectralLosses::operator()(const Tensor& output,
                                  const Tensor& target,
                                  const CodecTaskOptions& options,
                                  Metrics& metrics) const {
  const Tensor mel = mel_(output, target), linear = linear_(output, target);
  metrics["mel"] = mel.item<double>();
  metrics["linear"] = linear.item<double>();
  Tensor total = mel + options.linear_weight * linear;
  if (options.contrast_weight > 0) {
    const Tensor contrast = contrast_(output, target);
    total = total + options.contrast_weight * contrast;
    metrics["contrast"] = contrast.item<double>();
  }
  return total;
}

Tensor SpectralLosses::contrast(const Tensor& output,
                                const Tensor& target,
                                const CodecTaskOptions& options) const {
  return options.contrast_weight * contrast_(output, target);
}

CodecModels load_codec(const std::string& folder) {
  const CodecManifest manifest = CodecManifest::from_file(folder + "/" + kCodecFile);
  CodecModels models;
  models.codec = Codec(CodecOptions::from(manifest.codec_config()));
  models.vocoder = make_vocoder(manifest.vocoder_config());
  load_into(*models.codec, SafeTensors::open_sharded(folder + "/codec"));
  load_into(*models.vocoder, SafeTensors::open_sharded(folder + "/vocoder"));
  return models;
}

void save_codec(const CodecModels& models, const std::string& folder) {
  std::filesystem::create_directories(folder);
  CodecManifest manifest;
  manifest.codec = models.codec->options().to_json();
  manifest.vocoder = models.vocoder->to_json();
  AtomicFile file(folder + "/" + kCodecFile);
  file.write(manifest.to_json().dump(1) + "\n");
  file.commit();
  save_sharded(folder + "/codec", module_tensors(*models.codec), {}, SaveType::kHalf);
  save_sharded(folder + "/vocoder", module_tensors(*models.vocoder), {}, SaveType::kHalf);
}

Tensor decoded_frames(Codec& codec, const std::vector<Utterance>& utterances, int64_t most) {
  torch::NoGradGuard no_grad;
  const auto device = codec->parameters().at(0).device();
  std::vector<Tensor> frames;
  int64_t count = 0;
  // Every k-th utterance, so that all speakers are there.
  const size_t stride = std::max<size_t>(1, utterances.size() * 150 / std::max<int64_t>(1, most));
  for (size_t i = 0; i < utterances.size() && count < most; i += stride) {
    const Tensor wave = utterances[i].samples().unsqueeze(0).to(device);
    frames.push_back(
        codec->decode(codec->encode(wave, utterances[i].limits_hz().to(device))).squeeze(0));
    count += frames.back().size(0);
  }
  return torch::cat(frames);
}

}  // namespace tts
