// Semantic tokens of a recording: a network's features, each frame's the nearest of a table that
// k-means found. What is heard is a choice: the encoder that learnt by masked prediction
// (semantic_encoder.h), or the recogniser's last features (supervised semantic tokens: Du et al.,
// "CosyVoice", 2024).
#pragma once
#include <functional>
#include <string>

#include "analysis/recogniser.h"
#include "analysis/semantic_encoder.h"

namespace tts {

// A network and what it hears in a recording.
struct SemanticSource {
  std::string name;  // "masked_prediction" or "recogniser"
  nlohmann::json options;
  std::shared_ptr<torch::nn::Module> network;
  std::function<Tensor(const Tensor& wave)> hear;  // [B, S] → [B, T, C]
};
SemanticSource semantic_source(SemanticEncoder encoder);
SemanticSource semantic_source(Recogniser recogniser);

class SemanticTokens {
 public:
  // semantic.json and semantic.safetensors of a folder. Throws kVoice naming the file.
  static SemanticTokens load(const std::string& folder);

  // wave: [S] at 24 kHz, S at least 480 → [S / 480] int64
  Tensor tokens(const Tensor& wave) const;

  int64_t entries() const { return centres_.size(0); }
  const std::string& identity() const { return identity_; }  // a hash of the weights

 private:
  SemanticSource source_;
  Tensor centres_;  // [entries, C]
  std::string identity_;
};

// centres: [entries, C]
void save_semantic(const SemanticSource& source, const Tensor& centres, const std::string& folder);

}  // namespace tts
