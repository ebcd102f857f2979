// AdamW with a schedule, clipping, an exponential moving average of the weights, and steps that are
// not finite skipped and counted.
#pragma once
#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

namespace tts {

struct OptimiserOptions {
  double learning_rate = 1e-3;
  double final_learning_rate = 1e-4;
  int64_t warmup_steps = 100;
  double beta1 = 0.9, beta2 = 0.99;
  double weight_decay = 0.01;
  double clip_norm = 3.0;
  double ema = 0.998;
};

class Optimiser {
 public:
  // Optimises the modules' parameters that require a gradient.
  Optimiser(std::vector<torch::nn::Module*> modules, const OptimiserOptions& options);

  // Warm-up by steps, then a cosine from learning_rate to final_learning_rate over progress 0 … 1.
  void schedule(int64_t step, double progress);
  void zero_grad();
  // Gradients are there: clip, step, average. → false if a gradient was not finite (nothing
  // changes).
  bool step();
  // zero_grad, backward, step.
  bool minimise(const torch::Tensor& loss);

  // Swaps the averaged weights with the live ones; call it again to swap back.
  void swap_average();
  double learning_rate() const { return current_rate_; }
  double gradient_norm() const { return gradient_norm_; }
  int64_t skipped() const { return skipped_; }

  void save(const std::string& path);
  void load(const std::string& path);

 private:
  OptimiserOptions options_;
  std::vector<torch::Tensor> parameters_, average_;
  std::unique_ptr<torch::optim::AdamW> adam_;
  double current_rate_ = 0, gradient_norm_ = 0;
  int64_t skipped_ = 0, steps_ = 0;
};

}  // namespace tts
