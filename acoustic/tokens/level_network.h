// A network that writes one level of the codes of all frames at once, after the levels below it. It
// is the masked generator, and the second stage of VALL-E (Wang et al. 2023), which follows an
// autoregressive first level. It sees the condition, the codes of the levels below, the codes of
// its own level that are known already, and frames given whole (a prompt, the rest of a recording).
#pragma once
#include "acoustic/generator.h"
#include "acoustic/tokens/code_table.h"

namespace tts {

struct LevelNetworkOptions {
  int64_t channels = 256;  // C
  int64_t blocks = 6;
  double dropout = 0.2;
  double code_noise = 0.05;  // share of the levels below that are wrong in training
  int64_t first_level = 0;   // that it is to write
  // Of MAGNeT (Ziv et al. 2024): frames that are masked together, and how many of the blocks the
  // levels above the first go through, so that these see less around them (-1: all).
  int64_t span = 1;
  int64_t fine_blocks = -1;
};

class LevelNetworkImpl : public torch::nn::Module {
 public:
  // The table belongs to the generator.
  LevelNetworkImpl(const LevelNetworkOptions& options, CodeTable table);

  // What a sentence is written from.
  struct Frames {
    Tensor told;   // [B, T, C] the condition
    Tensor mask;   // [B, T, 1] float
    Tensor codes;  // [B, T, Q]
  };

  // What frames given whole add to the condition. codes: [B, T, Q], given: [B, T] bool
  // → [B, T, C]
  Tensor given(const Tensor& codes, const Tensor& given);

  // Log probabilities of level levels[b] of row b, from the levels below it and `own`, [B, T] the
  // level's own codes, unknown() where they are not known. → [B, T, entries]
  Tensor predict(const Frames& frames, const Tensor& own, const Tensor& levels);

  // … of one level in all rows, with classifier-free guidance: untold [B, T, C] is the condition
  // without what is asked for.
  Tensor predict_guided(const Frames& frames,
                        const Tensor& untold,
                        const Tensor& own,
                        int64_t level,
                        double guidance);
  // So many frames on each side of a frame does predict() see.
  int64_t reach(int64_t level) const;

  // For each row a level to learn, the lower ones more often. → [B] int64
  Tensor draw_levels(int64_t rows, const Tensor& like) const;
  // Of the masked codes of each row's level. masked: [B, T] bool
  Losses loss(const Frames& frames, const Tensor& levels, const Tensor& masked);
  // A random share of the frames of each row, whole spans. share: [B, 1] → [B, T] bool
  Tensor random_mask(const Tensor& share, int64_t frames) const;

  const CodeTableImpl& table() const { return *table_; }
  const LevelNetworkOptions& options() const { return options_; }

 private:
  size_t blocks_of(int64_t level) const;
  // x: [B, T, C], level: [B, 1, C] through blocks begin … end - 1
  Tensor through(Tensor x, const Tensor& mask, const Tensor& level, size_t begin, size_t end);
  LevelNetworkOptions options_;
  CodeTable table_;
  torch::nn::Linear below_, own_, given_;
  torch::nn::Embedding level_;
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
};
TORCH_MODULE(LevelNetwork);

// A share of `codes` replaced by random ones.
Tensor with_wrong_codes(const Tensor& codes, double share, int64_t entries);

}  // namespace tts
