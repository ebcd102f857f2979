// The network every vocoder shares: latents at 50 Hz → features at 100 Hz, causal but for a stated
// look-ahead.
#pragma once
#include <torch/torch.h>

#include "core/config.h"
#include "nn/blocks.h"

namespace tts {

struct TrunkOptions {
  int64_t latent = 64;
  int64_t channels = 384;
  std::vector<int64_t> lookahead_50hz = {2, 1, 0};  // one block each, frames of look-ahead
  std::vector<int64_t> lookahead_100hz = {0, 0, 0, 0};
  static TrunkOptions from(Config& config);
  nlohmann::json to_json() const;
  int64_t lookahead_frames() const;  // in codec frames, rounded up
};

class TrunkImpl : public torch::nn::Module {
 public:
  explicit TrunkImpl(const TrunkOptions& options);
  // latents: [B, T, D] → the ready frames at 50 Hz [B, T', C]
  Tensor slow(const Tensor& latents, StreamState& state);
  // [B, T', C] → [B, 2T', C], each frame doubled by a learned map
  Tensor upsample(const Tensor& slow_features);
  // [B, 2T', C] → the ready sub-frames [B, M, C]
  Tensor fast(const Tensor& features, StreamState& state);

 private:
  torch::nn::Linear input_;
  torch::nn::ModuleList slow_;
  torch::nn::Linear double_;
  torch::nn::ModuleList fast_;
  torch::nn::LayerNorm norm_;
};
TORCH_MODULE(Trunk);

}  // namespace tts
