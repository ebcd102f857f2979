// One-pass generator after FastSpeech 2 (Ren et al. 2021): frame features → standardised latents by
// regression.
#pragma once
#include "acoustic/generator.h"

namespace tts {

struct ParallelOptions {
  int64_t latent = 32;  // K, components of the standardised latents
  int64_t blocks = 3;
  double dropout = 0.2;
  static ParallelOptions from(Config& config);
};

class ParallelGenerator : public Generator {
 public:
  ParallelGenerator(const ParallelOptions& options, std::shared_ptr<FrameEncoder> frame_encoder);
  Generation generate(const Condition& condition,
                      const Sampling& sampling,
                      const FrameSink& sink) override;
  Losses loss(const Batch& batch) override;
  std::vector<std::string> options() const override { return {"snap"}; }
  nlohmann::json to_json() const override;

 private:
  Tensor regress(const FrameEncoder::Output& frames);  // → [B, T, K]
  ParallelOptions options_;
  // shared, not a submodule: its weights are not ours
  std::shared_ptr<FrameEncoder> frame_encoder_;
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear output_;
};

}  // namespace tts
