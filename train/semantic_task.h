// Training the encoder of semantic tokens by masked prediction (BEST-RQ, Chiu et al. 2022), and the
// table that turns a network's features into tokens.
#pragma once
#include "analysis/semantic_tokens.h"
#include "train/corpus.h"
#include "train/loop.h"

namespace tts {

struct SemanticTaskOptions {
  int64_t batch = 8;  // crops of a step
  int64_t crop_frames = 150;
  int64_t span_frames = 10;  // that are hidden together
  double masked_share = 0.4;
  int64_t validation_recordings = 48;
  int64_t entries = 512;  // of the table that is made at export
  uint64_t seed = 1;
  torch::Device device = torch::kCPU;
  OptimiserOptions optimiser = {2e-3, 1e-4, 100, 0.9, 0.98, 0.01, 3.0, 0.998};
};

class SemanticTask : public Task {
 public:
  // Begins with the statistics of what is heard. Throws kInput without a recording.
  SemanticTask(SemanticEncoder encoder, const Corpus& corpus, SemanticTaskOptions options);
  // entropy of the hidden frames' targets, accuracy in guessing them
  Metrics step(int64_t step) override;
  // The same on held-back recordings; perplexity: how many targets are in use, in effect.
  Metrics validate() override;
  std::vector<std::pair<std::string, torch::nn::Module*>> modules() override {
    return {{"semantic", encoder_.get()}};
  }
  std::vector<std::pair<std::string, Optimiser*>> optimisers() override {
    return {{"semantic", &optimiser_}};
  }
  void export_to(const std::string& folder) override;

 private:
  struct Crops {
    Tensor heard, lengths;  // [B, T, 2 bands], [B]
  };
  Tensor heard(const Utterance& u) const;  // → [T, 2 bands]
  Crops draw_crops() const;
  Tensor random_spans(int64_t rows, int64_t frames) const;  // → [B, T] bool
  // Entropy and accuracy of the hidden frames.
  std::pair<Tensor, Tensor> guess(const Crops& crops);

  SemanticEncoder encoder_;
  const Corpus& corpus_;
  SemanticTaskOptions options_;
  Optimiser optimiser_;
};

// K-means over frames of recordings spread over the corpus; a function of the seed. → [entries, C]
Tensor semantic_centres(const SemanticSource& source,
                        const Corpus& corpus,
                        int64_t entries,
                        uint64_t seed);

}  // namespace tts
