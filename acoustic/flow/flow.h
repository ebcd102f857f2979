// Conditional flow matching (Lipman et al. 2023; for speech Matcha-TTS, Mehta et al. 2024) on the
// standardised latents: a straight path from noise x0 to data x1, x_t = (1 − t) x0 + t x1, and a
// network that predicts the velocity x1 − x0. A regression of the mean stands beside it and
// conditions it. With `infill` the network is also told frames that are known already and fills the
// gaps between them (Voicebox, Le et al. 2023; F5-TTS, Chen et al. 2024): a prompt is known frames
// before the text, an edit is a gap in a recording.
#pragma once
#include "acoustic/generator.h"
#include "nn/scalar_bottleneck.h"

namespace tts {

// What the velocity network may be built of.
std::vector<std::string> flow_trunks();

struct FlowOptions {
  int64_t latent = 32;  // K
  int64_t mean_blocks = 3;
  int64_t channels = 256;
  int64_t blocks = 6;
  double dropout = 0.2;
  double condition_dropout = 0.1;  // share of rows that learn without a condition, for guidance
  std::string trunk = "convnext";  // of the velocity network; or "transformer" (DiT)
  int64_t heads = 4;               // of the transformer
  int64_t scalars = 0;  // the path is over so many scalar-quantised numbers per frame instead of
                        // the latents (SimpleSpeech 2, Yang et al. 2024); 0: over the latents
  int64_t scalar_steps = 4;  // each has 2 S + 1 values
  bool infill = false;       // told known frames: condition.known_latents and known_mask
  static FlowOptions from(Config& config);
};

class FlowGenerator : public Generator {
 public:
  FlowGenerator(const FlowOptions& options, std::shared_ptr<FrameEncoder> frame_encoder);
  Generation generate(const Condition& condition,
                      const Sampling& sampling,
                      const FrameSink& sink) override;
  Losses loss(const Batch& batch) override;
  Sampling defaults() const override;
  std::vector<std::string> options() const override {
    return {"steps", "solver", "sway", "temperature", "guidance", "snap"};
  }
  bool infills() const override { return options_.infill; }
  nlohmann::json to_json() const override;

 private:
  // Latents [B, T, K] ↔ what the path is over [B, T, width()]: the same, or scalars of about unit
  // deviation.
  int64_t width() const { return options_.scalars > 0 ? options_.scalars : options_.latent; }
  Tensor to_path(const Tensor& latents);
  Tensor from_path(const Tensor& x);
  struct Context {
    Tensor features;  // [B, T, channels]: what the velocity network is told
    Tensor mean;      // [B, T, width]
    Tensor mask;      // [B, T, 1]
    Tensor lengths;   // [B]
  };
  Context context(const Condition& condition);
  // What known frames add to the features. latents: [B, T, K], known: [B, T, 1] → [B, T, channels]
  Tensor told_frames(const Tensor& latents, const Tensor& known);
  // x: [B, T, K], t: [B] → velocity [B, T, K]
  Tensor velocity(const Tensor& x, const Tensor& t, const Tensor& features, const Tensor& mask);
  Tensor through_trunk(Tensor h, const Tensor& mask, const Tensor& time);
  Tensor guided_velocity(const Tensor& x, double t, const Context& context, double guidance);

  FlowOptions options_;
  std::shared_ptr<FrameEncoder> frame_encoder_;
  torch::nn::ModuleList mean_blocks_;
  torch::nn::LayerNorm mean_norm_;
  torch::nn::Linear mean_output_;
  torch::nn::Linear condition_, known_{nullptr};
  Tensor no_condition_;  // [channels], stands for an absent condition
  torch::nn::Linear time1_, time2_;
  torch::nn::Linear input_;
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear output_;
  ScalarBottleneck bottleneck_{nullptr};
};

// Which frames of a training row are given: none in half of the rows, else all but a gap of 0.3 to
// 1 of its length. lengths: [B], → [B, T, 1] float
Tensor random_known(const Tensor& lengths, int64_t frames, const Tensor& like);

// Standard normal start for each row, a function of the row's stream and frame alone. → [B, T,
// width]
Tensor initial_noise(
    const Sampling& sampling, int64_t batch, int64_t frames, int64_t width, const Tensor& like);

}  // namespace tts
