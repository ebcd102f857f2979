// The text encoder that all duration models share: symbols with their place in the sentence, the
// language and the speaker → one feature vector per symbol.
#pragma once
#include "core/config.h"
#include "core/types.h"
#include "nn/blocks.h"

namespace tts {

struct SymbolFeaturesOptions {
  int64_t symbols = 0;
  int64_t channels = 160;
  int64_t blocks = 5;
  double dropout = 0.2;
  int64_t languages = 0;       // told apart by an embedding; 0: one language
  int64_t speaker_vector = 0;  // V, width of a speaker vector; 0: one speaker
  static SymbolFeaturesOptions from(Config& config);
  nlohmann::json to_json() const;
};

class SymbolFeatures {
 public:
  // Registers its parts in the model that owns it: its weights are the model's own.
  SymbolFeatures(torch::nn::Module& owner, const SymbolFeaturesOptions& options);
  // → [B, N, channels], zero in padding before the last norm
  Tensor forward(const Condition& condition, bool training);
  const SymbolFeaturesOptions& options() const { return options_; }

 private:
  SymbolFeaturesOptions options_;
  torch::nn::Embedding symbol_, attribute_, language_{nullptr};
  torch::nn::Linear position_, speaker_{nullptr};
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
};

// ConvNeXt blocks of the usual expansion.
void add_blocks(torch::nn::ModuleList& list, int64_t count, const ConvNeXtOptions& block);

// [B, N, 1] float, 1 where a symbol is.
Tensor symbol_mask(const Condition& condition);

}  // namespace tts
