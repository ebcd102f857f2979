// Multi-scale log-mel distance (Kumar et al., "Improved RVQGAN").
#pragma once
#include <vector>

#include "audio/mel.h"

namespace tts {

class MultiScaleMelLoss {
 public:
  // (n_fft, bands): 128/10, 256/20, 512/40, 1024/80, 2048/160; hop n_fft / 4
  MultiScaleMelLoss();
  // Mean over the scales of the mean absolute difference of log mels. waves: [B, S] → scalar
  torch::Tensor operator()(const torch::Tensor& output, const torch::Tensor& target) const;

 private:
  std::vector<LogMel> scales_;
};

// Mean absolute difference of log magnitudes on a linear frequency scale (n_fft 1024, hop 256):
// above some kHz mel bands are too wide to tell harmonics from noise, these bins are not. Waves:
// [B, S] → scalar
class LinearSpectrumLoss {
 public:
  torch::Tensor operator()(const torch::Tensor& output, const torch::Tensor& target) const;
};

}  // namespace tts
