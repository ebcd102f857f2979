// Codes in and out: what the token generators share. A code has one embedding, with which it is
// read and, as the tied head, written: the logit of code c of level q is
//   (hidden · output_q) · embedding_qc + bias_qc.
// Begun from what the codes stand for in the latent space (`start_from`), such a head is a point in
// that space and nearby codes are likely together, so that a thousand codes need not be learnt one
// by one.
#pragma once
#include <torch/torch.h>

#include "core/config.h"

namespace tts {

using torch::Tensor;

struct CodeTableOptions {
  int64_t codebooks = 8;   // Q
  int64_t entries = 1024;  // of each codebook
  int64_t embedding = 64;  // E, width of a code
  static CodeTableOptions from(Config& config);
  void write(nlohmann::json& json) const;
};

class CodeTableImpl : public torch::nn::Module {
 public:
  // channels: C, the width of the hidden states that the heads read
  CodeTableImpl(const CodeTableOptions& options, int64_t channels);

  // Begins the first K columns of the embeddings from what the codes stand for. meanings: [Q,
  // entries, K]; columns beyond E are left out.
  void start_from(const Tensor& meanings);

  // Codes of one level in each row, all levels of one scale. codes: [B, T], `unknown()` where not
  // known; levels: [B] → [B, T, E]
  Tensor embed(const Tensor& codes, const Tensor& levels) const;
  // The levels of a frame added up, each on its own scale: of all L levels, or of row b the first
  // levels[b]. codes: [B, T, L ≤ Q] → [B, T, E]
  Tensor sum(const Tensor& codes, const Tensor& levels = {}) const;

  // Log probabilities of the codes of level levels[b]. hidden: [B, T, C] → [B, T, entries]
  Tensor predict(const Tensor& hidden, const Tensor& levels) const;
  // … and of the first `count` levels of every frame. → [B, T, count, entries]
  Tensor predict_first(const Tensor& hidden, int64_t count) const;

  int64_t unknown() const { return options_.entries; }  // the code that stands for "not known"
  const CodeTableOptions& options() const { return options_; }

 private:
  CodeTableOptions options_;
  Tensor codes_;        // [Q, entries + 1, E]
  Tensor scale_;        // [Q], of each level in the sum
  Tensor output_;       // [Q, C, E]
  Tensor output_bias_;  // [Q, entries]
};
TORCH_MODULE(CodeTable);

// Classifier-free guidance (Ho & Salimans 2022): log probabilities with and without the condition →
// those of `weight` times their difference. [..., entries]
Tensor guided(const Tensor& told, const Tensor& untold, double weight);

// How much each level counts in training: what is heard is decided in the first. [levels], sum 1
Tensor level_weights(int64_t levels, const Tensor& like);

}  // namespace tts
