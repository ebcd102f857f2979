#include "train/warp.h"

#include <algorithm>
#include <cmath>

#include "audio/stft.h"
#include "codec/codec.h"

namespace tts {
namespace {

constexpr int64_t kEnvelopeFft = 1024, kEnvelopeHop = 256;
// Cepstrum below the shortest period of a voice, 400 Hz, with a soft end: samples.
constexpr int64_t kLifterFull = 48, kLifterEnd = 64;
constexpr double kFloorDb = 90, kMostGainDb = 25;

// [n] weights of the cepstrum, both halves.
torch::Tensor envelope_lifter() {
  const torch::Tensor index = torch::arange(kEnvelopeFft);
  const torch::Tensor quefrency = torch::minimum(index, kEnvelopeFft - index).to(torch::kFloat);
  const torch::Tensor fall = (quefrency - kLifterFull) / (kLifterEnd - kLifterFull);
  return 0.5 + 0.5 * torch::cos(fall.clamp(0, 1) * M_PI);
}

// Smooth log spectrum of frames. spectrum: complex [T, F] → [T, F]
torch::Tensor log_envelope(const torch::Tensor& spectrum) {
  const torch::Tensor power = spectrum.abs().square();
  const torch::Tensor least = power.max().clamp_min(1e-12) * std::pow(10, -kFloorDb / 10);
  const torch::Tensor cepstrum =
      torch::fft::irfft(torch::log(torch::maximum(power, least)) / 2, kEnvelopeFft);
  return torch::real(torch::fft::rfft(cepstrum * envelope_lifter()));
}

// Bin k of the result is what stood at bin k / factor. values: [T, F] → [T, F]
torch::Tensor stretched_bins(const torch::Tensor& values, double factor) {
  const int64_t last = values.size(1) - 1;
  const torch::Tensor place = (torch::arange(last + 1) / factor).clamp_max(last);
  const torch::Tensor below = place.floor().clamp_max(last - 1), share = place - below;
  const torch::Tensor index = below.to(torch::kLong);
  return values.index_select(1, index) * (1 - share) + values.index_select(1, index + 1) * share;
}

std::string signed_number(int value) {
  return (value > 0 ? "+" : "") + std::to_string(value);
}

}  // namespace

torch::Tensor move_formants(const torch::Tensor& wave, double semitones) {
  const int64_t samples = wave.size(0);
  const int64_t frames = samples / kEnvelopeHop + 1;
  const int64_t behind = (frames - 1) * kEnvelopeHop + kEnvelopeFft / 2 - samples;
  const torch::Tensor padded =
      torch::constant_pad_nd(wave.unsqueeze(0), {kEnvelopeFft / 2, behind});
  const torch::Tensor window = torch::hann_window(kEnvelopeFft);
  const torch::Tensor spectrum = frame_spectrum(padded, window, kEnvelopeHop)[0];
  const torch::Tensor envelope = log_envelope(spectrum);
  const double most = kMostGainDb * std::log(10.0) / 20;
  const torch::Tensor gain =
      (stretched_bins(envelope, std::exp2(semitones / 12)) - envelope).clamp(-most, most).exp();
  const torch::Tensor moved = torch::fft::irfft(spectrum * gain, kEnvelopeFft) * window;
  const torch::Tensor weight =
      overlap_add(window.square().expand({1, moved.size(0), kEnvelopeFft}), kEnvelopeHop);
  const torch::Tensor sum = overlap_add(moved.unsqueeze(0), kEnvelopeHop) / weight.clamp_min(1e-3);
  return sum[0].slice(0, kEnvelopeFft / 2, kEnvelopeFft / 2 + samples);
}

std::string Warp::name() const {
  return (semitones == 0 ? "" : signed_number(semitones)) +
         (formants == 0 ? "" : "~" + signed_number(formants));
}

int warp_count(int most_semitones, int most_formants) {
  return (2 * most_semitones + 1) * (2 * most_formants + 1);
}

Warp warp_at(int place, int most_semitones, int most_formants) {
  const int columns = 2 * most_formants + 1;
  return {place / columns - most_semitones, place % columns - most_formants};
}

Warp numbered_warp(uint64_t index, int most_semitones, int most_formants) {
  const int others = warp_count(most_semitones, most_formants) - 1;
  if (others == 0) return {};
  int place = static_cast<int>(index % static_cast<uint64_t>(others));
  if (place >= others / 2) ++place;  // the middle is the recording itself
  return warp_at(place, most_semitones, most_formants);
}

torch::Tensor stretch(const torch::Tensor& wave, int64_t out) {
  const torch::Tensor spectrum = torch::fft::rfft(wave);
  const int64_t bins = out / 2 + 1, have = spectrum.size(0);
  const torch::Tensor fitted = bins <= have ? spectrum.slice(0, 0, bins)
                                            : torch::constant_pad_nd(spectrum, {0, bins - have});
  return torch::fft::irfft(fitted, out) * (static_cast<double>(out) / wave.size(0));
}

torch::Tensor interpolate(const torch::Tensor& values, int64_t out) {
  namespace F = torch::nn::functional;
  return F::interpolate(values.view({1, 1, -1}),
                        F::InterpolateFuncOptions()
                            .size(std::vector<int64_t>{out})
                            .mode(torch::kLinear)
                            .align_corners(false))
      .view({-1});
}

double warped_limit_hz(double limit_hz, double speed, double formants) {
  if (limit_hz >= kSampleRateHz / 2.0) {
    // Played slower there is nothing where there was the top; formants that move down leave it
    // quiet, but not empty.
    return std::min(kSampleRateHz / 2.0, limit_hz * speed);
  }
  return std::min(kSampleRateHz / 2.0, limit_hz * speed * std::min(1.0, formants));
}

Utterance warp(const Utterance& u, const Warp& w) {
  if (w.none()) return u;
  Utterance out = u;
  out.speaker += w.name();
  out.id += w.name();
  const double wanted = std::exp2(w.semitones / 12.0);
  const int64_t frames = std::max<int64_t>(1, std::llround(u.frames() / wanted));
  const double ratio = static_cast<double>(u.frames()) / frames;
  torch::Tensor wave = u.samples();
  if (w.semitones != 0) wave = stretch(wave, kFrameSamples * frames);
  if (w.formants != 0) wave = move_formants(wave, w.formants);
  out.wave = (wave * 32768).round().clamp(-32768, 32767).to(torch::kShort);
  out.band_limit_hz = warped_limit_hz(u.band_limit_hz, ratio, std::exp2(w.formants / 12.0));
  if (w.semitones == 0) return out;
  out.log_f0 = interpolate(u.log_f0, 2 * frames) + std::log(ratio);
  out.voiced = (interpolate(u.voiced, 2 * frames) > 0.5).to(torch::kFloat);
  return out;
}

}  // namespace tts
