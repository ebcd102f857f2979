// Grouped finite scalar quantiser (Mentzer et al., "Finite scalar quantization: VQ-VAE made
// simple", 2023; in groups as in Fish-Speech, Liao et al. 2024): a linear map takes a latent to a
// few numbers, each is bounded and rounded to a handful of levels, and the levels of a group are
// together one code. Nothing is looked up, no code can die. docs/measured/codec.md holds it against
// the residual quantiser.
#pragma once
#include <torch/torch.h>

#include <vector>

#include "core/config.h"

namespace tts {

using torch::Tensor;

struct GroupedScalarOptions {
  int64_t latent = 64;
  int64_t groups = 8;
  std::vector<int64_t> levels = {8, 5, 5, 5};  // of the numbers of a group: 1,000 codes
  static GroupedScalarOptions from(Config config);
  nlohmann::json to_json() const;
  int64_t numbers() const { return groups * static_cast<int64_t>(levels.size()); }
  int64_t codes() const;  // of a group: the product of its levels
};

class GroupedScalarQuantiserImpl : public torch::nn::Module {
 public:
  explicit GroupedScalarQuantiserImpl(const GroupedScalarOptions& options);

  struct Output {
    Tensor quantised;  // [B, T, D], straight-through where a number was rounded
    Tensor left;       // scalar: what quantising leaves over, as a share of the latents' variance
  };
  Output forward(const Tensor& latents);  // [B, T, D]

  Tensor encode(const Tensor& latents);  // [B, T, D] → [B, T, groups] int64, 0 … codes() - 1
  Tensor decode(const Tensor& codes);    // [B, T, groups] → [B, T, D]

  // Starts from the frames' principal components, turned so that all numbers vary alike: they have
  // alike many levels. frames: [M, D]
  void initialise(const Tensor& frames);

  const GroupedScalarOptions& options() const { return options_; }

 private:
  Tensor bounded(const Tensor& latents);  // [..., D] → [..., numbers], ±half the levels
  Tensor latents_of(const Tensor& rounded);
  GroupedScalarOptions options_;
  Tensor half_, shift_, offset_;  // [numbers] of each: reach, and what centres an even count
  torch::nn::Linear down_, up_;
};
TORCH_MODULE(GroupedScalarQuantiser);

}  // namespace tts
