// Losses between the spectra of two waveforms: multi-scale log-mel distance (Kumar et al.,
// "Improved RVQGAN"), a distance of linear-frequency spectra, and a distance of how sharp they are.
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

// How much formants, harmonics and pulses stand out, whatever their exact place. L1 losses leave
// what cannot be predicted at its median: spectra whose peaks are too low and valleys too high
// (docs/measured/vocoder.md). A contrast is the difference of the logs of a power spectrogram
// smoothed twice, by a narrow and by a wide Gaussian along frequency or time. The loss is the mean
// absolute difference between the logs of the root-mean-square contrasts in small patches: the
// "global variance" of Toda & Tokuda (2007), made local. Because the easiest way to more contrast
// is a fixed ripple over frequency, the mean contrast of every bin is drawn to the target's as
// well: apart for frames where the target is quiet about that bin, a little louder, and so on,
// because a ripple in hisses can be paid back by its opposite in vowels. Waves: [B, S], at least
// 0.15 s → scalar
class SpectralContrastLoss {
 public:
  // Contrasts of 0/70, 70/280 and 280/1000 Hz (n_fft 1024) and of 2/8 ms (n_fft 256); and, as slow
  // contrasts, the deviation of each of 80 log-mel bands over the whole wave.
  // `slow_weight` is the weight of the slow contrasts among the others.
  explicit SpectralContrastLoss(double slow_weight = 1);
  torch::Tensor operator()(const torch::Tensor& output, const torch::Tensor& target) const;

 private:
  struct Contrasts {
    std::vector<torch::Tensor> sizes;      // logs of root mean squares, per patch
    torch::Tensor slow;                    // [B, bands] logs of deviations over time
    std::vector<torch::Tensor> frequency;  // [B, bins, T] each
    torch::Tensor level;                   // [B, bins, T] log power about the bin
  };
  Contrasts measure(const torch::Tensor& wave) const;
  double slow_weight_;
  LogMel mel_;
  std::vector<torch::Tensor> smooth_frequency_;  // of n_fft 1024, [bins, bins] each
  torch::Tensor smooth_bins_, smooth_frames_;    // of n_fft 256: [bins, bins], [1, 1, taps]
};

}  // namespace tts
