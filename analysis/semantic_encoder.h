// Self-supervised features of speech by masked prediction: spans of a recording are hidden, and the
// encoder guesses what a random-projection quantiser makes of them (Chiu et al., "Self-supervised
// learning with random-projection quantizer for speech recognition", 2022: BEST-RQ). ConvNeXt
// blocks at the codec's 50 frames per second; the features are those of an inner block.
#pragma once
#include <torch/torch.h>

#include "audio/mel.h"
#include "core/config.h"
#include "nn/blocks.h"

namespace tts {

struct SemanticEncoderOptions {
  int64_t bands = 80;
  int64_t channels = 160;
  int64_t hidden = 480;
  int64_t blocks = 6;
  int64_t feature_block = 4;  // the features are what leaves so many blocks
  int64_t kernel = 9;
  int64_t targets = 1024;  // entries of the random-projection quantiser
  double dropout = 0;      // of the blocks while training; not stored
  static SemanticEncoderOptions from(Config config);
  nlohmann::json to_json() const;
};

class SemanticEncoderImpl : public torch::nn::Module {
 public:
  explicit SemanticEncoderImpl(const SemanticEncoderOptions& options);

  // mel_pairs of wave [B, S]; `lengths` [B] int64 codec frames. → [B, T, 2 bands]
  Tensor heard(const Tensor& wave, const Tensor& lengths = {}) const;

  // What follows takes what heard() gave; padding never changes a frame.
  // The features of the frames. → [B, T, channels]
  Tensor features(const Tensor& heard, const Tensor& lengths = {});
  // Log probabilities of the targets with the masked frames hidden. masked: [B, T] bool
  // → [B, T, targets]
  Tensor predict(const Tensor& heard, const Tensor& masked, const Tensor& lengths = {});
  // What there is to guess: the entry nearest to a random projection. → [B, T] int64
  Tensor targets(const Tensor& heard) const;

  // Before training: decorrelates what is projected, or loudness would be most of every target.
  // heard: [M, 2 bands] of many recordings
  void set_statistics(const Tensor& heard);

  const SemanticEncoderOptions& options() const { return options_; }

 private:
  Tensor through(const Tensor& heard, const Tensor& lengths, int64_t blocks);
  SemanticEncoderOptions options_;
  LogMel log_mel_;
  FrameConv input_;
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear output_;
  Tensor hidden_frame_;  // [2 bands] stands for a masked frame
  Tensor projection_;    // [2 bands, P]
  Tensor entries_;       // [targets, P], of length 1
};
TORCH_MODULE(SemanticEncoder);

}  // namespace tts
