// Conditional flow matching (Lipman et al. 2023; for speech Matcha-TTS, Mehta et al. 2024) on the
// standardised latents: a straight path from noise x0 to data x1, x_t = (1 − t) x0 + t x1, and a
// network that predicts the velocity x1 − x0. A regression of the mean stands beside it and
// conditions it.
#pragma once
#include "acoustic/generator.h"

namespace tts {

struct FlowOptions {
  int64_t latent = 32;  // K
  int64_t mean_blocks = 3;
  int64_t channels = 256;
  int64_t blocks = 6;
  double dropout = 0.2;
  double condition_dropout = 0.1;  // share of rows that learn without a condition, for guidance
  static FlowOptions from(Config& config);
};

class FlowGenerator : public Generator {
 public:
  FlowGenerator(const FlowOptions& options, std::shared_ptr<FrameEncoder> frame_encoder);
  Generation generate(const Condition& condition,
                      const Sampling& sampling,
                      const FrameSink& sink) override;
  Losses loss(const Batch& batch) override;
  std::vector<std::string> options() const override {
    return {"steps", "solver", "temperature", "guidance"};
  }
  nlohmann::json to_json() const override;

 private:
  struct Context {
    Tensor features;  // [B, T, channels]: what the velocity network is told
    Tensor mean;      // [B, T, K]
    Tensor mask;      // [B, T, 1]
    Tensor lengths;   // [B]
  };
  Context context(const Condition& condition);
  // x: [B, T, K], t: [B] → velocity [B, T, K]
  Tensor velocity(const Tensor& x, const Tensor& t, const Tensor& features, const Tensor& mask);
  Tensor guided_velocity(const Tensor& x, double t, const Context& context, double guidance);

  FlowOptions options_;
  std::shared_ptr<FrameEncoder> frame_encoder_;
  torch::nn::ModuleList mean_blocks_;
  torch::nn::LayerNorm mean_norm_;
  torch::nn::Linear mean_output_;
  torch::nn::Linear condition_;
  Tensor no_condition_;  // [channels], stands for an absent condition
  torch::nn::Linear time1_, time2_;
  torch::nn::Linear input_;
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear output_;
};

// Standard normal start for each row, a function of the row's stream and frame alone. → [B, T,
// width]
Tensor initial_noise(
    const Sampling& sampling, int64_t batch, int64_t frames, int64_t width, const Tensor& like);

}  // namespace tts
