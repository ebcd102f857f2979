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

}  // namespace tts
