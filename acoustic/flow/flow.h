// Conditional flow matching (Lipman et al. 2023; for speech Matcha-TTS, Mehta et al. 2024) on the
// standardised latents: a straight path from noise x0 to data x1, x_t = (1 − t) x0 + t x1, and a
// network that predicts the velocity x1 − x0. A regression of the mean stands beside it and
// conditions it. With `infill` the network is also told frames that are known already and fills the
// gaps between them (Voicebox, Le et al. 2023; F5-TTS, Chen et al. 2024): a prompt is known frames
// before the text, an edit is a gap in a recording. With `shortcut` it learns besides where a long
// step leads (Frans et al., "One step diffusion via shortcut models", 2024): one step of length d
// is to go where its own two steps of d / 2 go, and infinitely short ones follow the guided
// velocity, whose weight is an input (Meng et al., "On distillation of guided diffusion models",
// 2023).
#pragma once
#include "acoustic/generator.h"
#include "nn/scalar_bottleneck.h"

namespace tts {

// The greatest weight of guidance that is learnt as an input.
inline constexpr double kMostGuidance = 3;

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
  bool shortcut = false;     // told the length of a step and the guidance: a step is one evaluation
                             // whatever the guidance, and few steps go as far as many
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
  std::vector<std::string> options() const override;
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
    Tensor speaker;   // [B, 1, channels]: … of the speaker; undefined where it is in the features
    Tensor mean;      // [B, T, width]
    Tensor mask;      // [B, T, 1]
    Tensor lengths;   // [B]
  };
  Context context(const Condition& condition);
  // What known frames add to the features. latents: [B, T, K], known: [B, T, 1] → [B, T, channels]
  Tensor told_frames(const Tensor& latents, const Tensor& known);
  struct Told {
    Tensor features, speaker;  // as in Context; an undefined speaker is none
  };
  // Where on the path. [B] each; `step` and `guidance` are told with `shortcut` alone.
  struct Place {
    Tensor time, step, guidance;
  };
  // x: [B, T, K] → velocity [B, T, K]
  Tensor velocity(const Tensor& x, const Place& at, const Told& told, const Tensor& mask);
  Tensor embedded(const Place& at);  // → [B, 1, channels]
  Tensor through_trunk(Tensor h, const Tensor& mask, const Tensor& time);
  Tensor guided_velocity(const Tensor& x, const Place& at, const Context& context, double guidance);
  // x after `sampling.steps` steps from `x` on
  Tensor solve(Tensor x, const Context& context, const Sampling& sampling);

  // What rows learn from: a straight path, where they stand on it and what they are told.
  struct Lesson {
    Tensor x0, x1;  // [B, T, K]
    Place at;
    Told told;
    Tensor mask;  // [B, T, 1]
    Tensor x() const;
    Lesson rows(const Tensor& index) const;
  };
  // Tells rows how long their step is and how strong the guidance. heard: [B, 1, 1], 0 where a row
  // learns without a condition, which nothing guides
  void draw_steps(const Tensor& heard, Lesson& lesson) const;
  Tensor wanted_velocity(const Lesson& lesson);  // → [B, T, K]
  Tensor guided_path(const Lesson& lesson);      // … of steps of no length
  Tensor two_half_steps(const Lesson& lesson);   // … of all others

  FlowOptions options_;
  std::shared_ptr<FrameEncoder> frame_encoder_;
  torch::nn::ModuleList mean_blocks_;
  torch::nn::LayerNorm mean_norm_;
  torch::nn::Linear mean_output_;
  torch::nn::Linear condition_, known_{nullptr}, speaker_{nullptr};
  Tensor no_condition_;  // [channels], stands for an absent condition
  torch::nn::Linear time1_, time2_, step_{nullptr}, guidance_{nullptr};
  torch::nn::Linear input_;
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear output_;
  ScalarBottleneck bottleneck_{nullptr};
};

// Standard normal start for each row, a function of the row's stream and frame alone. → [B, T,
// width]
Tensor initial_noise(
    const Sampling& sampling, int64_t batch, int64_t frames, int64_t width, const Tensor& like);

}  // namespace tts
