// Residual vector quantiser (Zeghidour et al., "SoundStream") with factorised, l2-normalised codes
// (Yu et al., "Improved VQGAN"; Kumar et al., "Improved RVQGAN").
#pragma once
#include <torch/torch.h>

#include <vector>

#include "core/config.h"

namespace tts {

using torch::Tensor;

struct QuantiserOptions {
  int64_t latent = 64;
  int64_t codebooks = 8;
  int64_t entries = 1024;
  int64_t code_width = 8;
  static QuantiserOptions from(Config config);
  nlohmann::json to_json() const;
};

// One level: project to a few dimensions, look up the nearest entry by cosine, project back.
class VectorQuantiserImpl : public torch::nn::Module {
 public:
  explicit VectorQuantiserImpl(const QuantiserOptions& options);

  struct Output {
    Tensor quantised;  // [M, D], straight-through: its gradient to the input is the identity
    Tensor codes;      // [M]
    Tensor commitment, codebook;  // [M] losses per frame
  };
  Output forward(const Tensor& residual);  // residual: [M, D]
  Tensor decode(const Tensor& codes);      // [...] int64 → [..., D]
  Tensor project(const Tensor& residual);  // [M, D] → [M, code_width], unit length
  void set_entries(const Tensor& rows,
                   const Tensor& entries);  // rows: [R], entries: [R, code_width]

 private:
  Tensor nearest(const Tensor& unit) const;
  torch::nn::Linear in_, out_;
  Tensor entries_;  // [entries, code_width]
};
TORCH_MODULE(VectorQuantiser);

class ResidualQuantiserImpl : public torch::nn::Module {
 public:
  explicit ResidualQuantiserImpl(const QuantiserOptions& options);

  struct Output {
    Tensor quantised;             // [B, T, D]
    Tensor codes;                 // [B, T, Q]
    Tensor commitment, codebook;  // scalars
  };
  // levels: [B] int64, how many codebooks each row uses (quantiser dropout); undefined: all.
  Output forward(const Tensor& latents, const Tensor& levels = {});

  Tensor encode(const Tensor& latents);  // [B, T, D] → [B, T, Q]
  Tensor decode(const Tensor& codes);    // [B, T, q ≤ Q] → [B, T, D]

  // Starts every level from k-means over real frames; call once. frames: [M, D]
  void initialise(const Tensor& frames);
  // Replaces entries used by fewer than `least` of these frames with projections of random frames.
  // → entries revived
  int64_t revive(const Tensor& frames, int64_t least);

  const QuantiserOptions& options() const { return options_; }

 private:
  QuantiserOptions options_;
  torch::nn::ModuleList levels_;
};
TORCH_MODULE(ResidualQuantiser);

}  // namespace tts
