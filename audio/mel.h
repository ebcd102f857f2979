// Mel filter banks and log-mel spectrograms, slaney scale (Slaney's Auditory Toolbox, as in
// librosa).
#pragma once
#include <torch/torch.h>

namespace tts {

using torch::Tensor;

// Triangular filters of unit area. → [bands, n_fft / 2 + 1]
Tensor mel_filters(
    int64_t bands, int64_t n_fft, int64_t sample_rate_hz, double lowest_hz, double highest_hz);

struct MelOptions {
  int64_t n_fft = 1024;
  int64_t hop = 240;
  int64_t bands = 100;
  int64_t sample_rate_hz = 24000;
  double floor = 1e-5;
  double lowest_hz = 0, highest_hz = 0;  // of the filters; highest 0: half the sample rate
};

// Natural logarithm of the mel magnitudes.
class LogMel {
 public:
  explicit LogMel(const MelOptions& options);

  // Frames centred at multiples of hop. wave: [B, S] → [B, 1 + S / hop, bands]
  Tensor operator()(const Tensor& wave) const;

  // S / hop frames, each centred on its own hop of samples: frame t on sample (t + 0.5) hop.
  // This is the codec's and the aligner's input. wave: [B, S] → [B, S / hop, bands]
  Tensor frames(const Tensor& wave) const;

  // Which bands lie wholly below a limit. limits_hz: [B] → [B, bands] bool
  Tensor bands_below(const Tensor& limits_hz) const;

  const MelOptions& options() const { return options_; }

 private:
  double highest_hz() const;
  Tensor log_mel(const Tensor& magnitude) const;
  MelOptions options_;
  mutable Tensor filters_;  // moved to the device of its first use
};

}  // namespace tts
