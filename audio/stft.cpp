#include "audio/stft.h"

#include "nn/torch_compat.h"

namespace tts {

Tensor stft_magnitude(const Tensor& wave, int64_t n_fft, int64_t hop) {
  const Tensor window = torch::hann_window(n_fft, wave.options());
  const Tensor padded =
      torch::reflection_pad1d(wave.unsqueeze(1), {n_fft / 2, n_fft / 2}).squeeze(1);
  const Tensor spectrum = frame_spectrum(padded, window, hop);
  // sqrt has no gradient at zero; the floor is far below 16-bit noise.
  const Tensor power = torch::view_as_real(spectrum).square().sum(-1);
  return torch::sqrt(power + 1e-10).transpose(1, 2);
}

Tensor frame_spectrum(const Tensor& wave, const Tensor& window, int64_t hop) {
  return torch::fft::rfft(wave.unfold(1, window.size(0), hop) * window);
}

Tensor overlap_add(const Tensor& frames, int64_t hop) {
  const int64_t batch = frames.size(0), count = frames.size(1), size = frames.size(2);
  if (size % hop != 0) {
    const int64_t total = (count - 1) * hop + size;
    Tensor index = (torch::arange(count, torch::dtype(torch::kLong).device(frames.device())) * hop)
                       .unsqueeze(1) +
                   torch::arange(size, torch::dtype(torch::kLong).device(frames.device()));
    return frames.new_zeros({batch, total})
        .index_add(1, index.reshape({-1}), frames.reshape({batch, -1}));
  }
  // The frame is `overlap` blocks of hop samples; block k of frame t lands in output block t + k.
  const int64_t overlap = size / hop;
  const Tensor blocks = frames.view({batch, count, overlap, hop});
  Tensor out;
  for (int64_t k = 0; k < overlap; ++k) {
    const Tensor shifted = torch::constant_pad_nd(blocks.select(2, k), {0, 0, k, overlap - 1 - k});
    out = k == 0 ? shifted : out + shifted;
  }
  return out.reshape({batch, (count + overlap - 1) * hop});
}

}  // namespace tts
