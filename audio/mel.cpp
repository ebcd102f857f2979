#include "audio/mel.h"

#include <cmath>

#include "audio/stft.h"

namespace tts {
namespace {

// Slaney: linear below 1 kHz (200/3 Hz per mel), logarithmic above (27 mels per factor 6.4).
constexpr double kLinearHz = 200.0 / 3, kBreakHz = 1000, kBreakMel = kBreakHz / kLinearHz;
const double kLogStep = std::log(6.4) / 27;

double hz_to_mel(double hz) {
  return hz < kBreakHz ? hz / kLinearHz : kBreakMel + std::log(hz / kBreakHz) / kLogStep;
}

double mel_to_hz(double mel) {
  return mel < kBreakMel ? mel * kLinearHz : kBreakHz * std::exp((mel - kBreakMel) * kLogStep);
}

// Band i reaches from edge i over edge i + 1, its peak, to edge i + 2.
std::vector<double> band_edges(int64_t bands, double lowest_hz, double highest_hz) {
  const double low = hz_to_mel(lowest_hz), high = hz_to_mel(highest_hz);
  std::vector<double> edges(bands + 2);
  for (int64_t i = 0; i < bands + 2; ++i)
    edges[i] = mel_to_hz(low + (high - low) * i / (bands + 1.0));
  return edges;
}

}  // namespace

Tensor mel_filters(
    int64_t bands, int64_t n_fft, int64_t rate, double lowest_hz, double highest_hz) {
  const std::vector<double> edges = band_edges(bands, lowest_hz, highest_hz);
  Tensor filters = torch::zeros({bands, n_fft / 2 + 1});
  auto weight = filters.accessor<float, 2>();
  for (int64_t b = 0; b < bands; ++b) {
    for (int64_t k = 0; k <= n_fft / 2; ++k) {
      const double hz = static_cast<double>(k) * rate / n_fft;
      const double up = (hz - edges[b]) / (edges[b + 1] - edges[b]);
      const double down = (edges[b + 2] - hz) / (edges[b + 2] - edges[b + 1]);
      weight[b][k] =
          static_cast<float>(std::max(0.0, std::min(up, down)) * 2 / (edges[b + 2] - edges[b]));
    }
  }
  return filters;
}

LogMel::LogMel(const MelOptions& o)
    : options_(o),
      filters_(mel_filters(o.bands, o.n_fft, o.sample_rate_hz, o.lowest_hz, highest_hz())) {}

double LogMel::highest_hz() const {
  return options_.highest_hz > 0 ? options_.highest_hz : options_.sample_rate_hz / 2.0;
}

Tensor LogMel::bands_below(const Tensor& limits_hz) const {
  std::vector<double> edges = band_edges(options_.bands, options_.lowest_hz, highest_hz());
  edges.erase(edges.begin(), edges.begin() + 2);  // the upper end of each band
  const Tensor ends = torch::tensor(edges, torch::kDouble).to(limits_hz.device());
  // Half a hertz for the rounding of the topmost edge.
  return ends.unsqueeze(0) <= limits_hz.to(torch::kDouble).unsqueeze(1) + 0.5;
}

Tensor LogMel::log_mel(const Tensor& magnitude) const {
  if (filters_.device() != magnitude.device()) filters_ = filters_.to(magnitude.device());
  const Tensor filters = filters_.to(magnitude.scalar_type());
  return torch::log(torch::clamp_min(torch::matmul(filters, magnitude), options_.floor))
      .transpose(1, 2);
}

Tensor LogMel::operator()(const Tensor& wave) const {
  return log_mel(stft_magnitude(wave, options_.n_fft, options_.hop));
}

Tensor LogMel::frames(const Tensor& wave) const {
  const int64_t count = wave.size(1) / options_.hop;
  // Zeros, not reflection: a stream has nothing to reflect, and a shifted grid keeps frame t on its
  // hop.
  const int64_t left = (options_.n_fft - options_.hop) / 2;
  const Tensor padded =
      torch::constant_pad_nd(wave.slice(1, 0, count * options_.hop), {left, left});
  const Tensor window = torch::hann_window(options_.n_fft, wave.options());
  const Tensor spectrum = frame_spectrum(padded, window, options_.hop);
  return log_mel(torch::abs(spectrum).transpose(1, 2));
}

}  // namespace tts
