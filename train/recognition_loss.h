// What a listener would understand: a frozen phoneme recogniser hears the decoded sound and the
// recording, and both should tell it the same (the ASR loss of QDAC, "Quantize More, Lose Less:
// autoregressive generation from residually quantized speech representations"). Spectral distances
// weigh all sounds alike; this one weighs what tells phones apart.
#pragma once
#include "analysis/recogniser.h"

namespace tts {

class RecognitionLoss {
 public:
  // The recogniser is frozen here and stays in evaluation mode.
  explicit RecognitionLoss(Recogniser recogniser, torch::Device device = torch::kCPU);

  // The mean absolute difference of the features before the outputs, plus the Kullback-Leibler
  // divergence of CTC's posteriors of the output from those of the recording, in nats per frame.
  // The recording's posteriors stand in for its text, which a crop of it does not have. Waves: [B,
  // S] → scalar
  torch::Tensor operator()(const torch::Tensor& output, const torch::Tensor& target) const;

 private:
  mutable Recogniser recogniser_;
};

}  // namespace tts
