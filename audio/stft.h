// Short-time Fourier transform on tensors, differentiable.
#pragma once
#include <torch/torch.h>

namespace tts {

using torch::Tensor;

// Magnitude of the STFT with a periodic Hann window of n_fft samples, frames centred at multiples
// of hop (the signal is reflected at its ends). wave: [B, S] → [B, n_fft / 2 + 1, 1 + S / hop]
Tensor stft_magnitude(const Tensor& wave, int64_t n_fft, int64_t hop);

// Complex frames without padding: window of n_fft samples every hop. wave: [B, S] → complex [B, T,
// n_fft / 2 + 1]
Tensor frame_spectrum(const Tensor& wave, const Tensor& window, int64_t hop);

// Windowed overlap-add of n_fft-sample frames: the transpose of framing. frames: [B, T, n_fft] →
// [B, (T - 1) hop + n_fft]
Tensor overlap_add(const Tensor& frames, int64_t hop);

}  // namespace tts
