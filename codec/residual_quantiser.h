// Residual vector quantiser (Zeghidour et al., "SoundStream"): each level takes the entry nearest
// to what the levels before it left over. Entries follow the frames they are chosen for, by moving
// averages, and unused ones are put back to work (Défossez et al., "High fidelity neural audio
// compression"). docs/measured/codec.md tells why there is no projection to a few dimensions.
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
  static QuantiserOptions from(Config config);
  nlohmann::json to_json() const;
};

// One level: a table of entries in the latents' own space.
class VectorQuantiserImpl : public torch::nn::Module {
 public:
  explicit VectorQuantiserImpl(const QuantiserOptions& options);

  Tensor encode(const Tensor& residual) const;  // [M, D] → [M] int64, nearest in Euclidean distance
  Tensor decode(const Tensor& codes) const;     // [...] int64 → [..., D]

  const Tensor& entries() const { return entries_; }  // [K, D]

  // K-means over real residuals. residual: [M, D]
  void initialise(const Tensor& residual);
  // Moves the entries towards the residuals that chose them; an entry that nothing has chosen for
  // long becomes one of the residuals. → entries replaced
  int64_t follow(const Tensor& residual, const Tensor& codes);

 private:
  Tensor entries_;  // [K, D]
  Tensor usage_;    // [K] moving average of the share of frames that choose an entry, times K
};
TORCH_MODULE(VectorQuantiser);

class ResidualQuantiserImpl : public torch::nn::Module {
 public:
  explicit ResidualQuantiserImpl(const QuantiserOptions& options);

  struct Output {
    Tensor quantised;   // [B, T, D], straight-through: its gradient to the latents is the identity
    Tensor codes;       // [B, T, Q]
    Tensor commitment;  // scalar: what quantising leaves over, as a share of the latents' variance
  };
  // levels: [B] int64, how many codebooks each row uses (quantiser dropout); undefined: all.
  Output forward(const Tensor& latents, const Tensor& levels = {});

  // [B, T, D] → [B, T, Q]. With merged > 1 so many neighbouring frames share their code of the
  // first level, that of their mean, and the levels above correct each frame by itself (VALL-E R,
  // Han et al. 2024); the last frames of a row may be fewer.
  Tensor encode(const Tensor& latents, int64_t merged = 1);
  Tensor decode(const Tensor& codes);  // [B, T, q ≤ Q] → [B, T, D]

  Tensor entries();  // [Q, entries, D]

  // Starts every level from k-means over real frames; call once. frames: [M, D]
  void initialise(const Tensor& frames);
  // One step of learning for every level (no gradients). latents: [B, T, D], codes: [B, T, Q] what
  // encode() makes of them → entries replaced
  int64_t follow(const Tensor& latents, const Tensor& codes);

  const QuantiserOptions& options() const { return options_; }

 private:
  VectorQuantiserImpl& level(int64_t q);
  Tensor shared_codes(const Tensor& latents, int64_t merged);  // [B, T, D] → [B T]
  QuantiserOptions options_;
  torch::nn::ModuleList levels_;
};
TORCH_MODULE(ResidualQuantiser);

}  // namespace tts
