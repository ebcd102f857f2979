#include "vocoder/synthesis.h"

#include <cmath>

#include "audio/stft.h"

namespace tts {
namespace {

constexpr double kSampleRate = 24000, kHighestHarmonicHz = 11500;

// Index of the last true at or before each column, -1 where there is none. mask: [B, M]
Tensor last_true(const Tensor& mask) {
  const Tensor index = torch::arange(mask.size(1), mask.options().dtype(torch::kLong));
  return std::get<0>(torch::cummax(torch::where(mask, index, torch::full_like(index, -1)), 1));
}

// F0 in Hz at the start of every sub-frame, and where the phase begins anew; each [B, M].
struct Glide {
  Tensor from, onset;
};

Glide glide(const Tensor& f0, const Tensor& voiced, VocoderStream& state) {
  const int64_t count = f0.size(1);
  if (!state.previous_f0.defined()) {
    state.previous_f0 = f0.slice(1, 0, 1);
    state.recently_voiced = torch::zeros({f0.size(0), kOnsetPause}, voiced.options());
  }
  const Tensor flags = torch::cat({state.recently_voiced, voiced}, 1);
  Glide g;
  const Tensor recent = flags.unfold(1, kOnsetPause, 1).slice(1, 0, count).any(2);
  g.onset = voiced.logical_and(recent.logical_not());
  g.from = torch::cat({state.previous_f0, f0.slice(1, 0, count - 1)}, 1);
  g.from = torch::where(g.onset, f0, g.from);
  state.previous_f0 = f0.slice(1, count - 1);
  state.recently_voiced = flags.slice(1, count);
  return g;
}

}  // namespace

PhaseTrack follow_phase(const Tensor& log_f0, const Tensor& voicing, VocoderStream& state) {
  torch::NoGradGuard no_grad;
  const int64_t batch = log_f0.size(0);
  const Tensor f0 = torch::exp(log_f0.to(torch::kDouble)) * state.pitch_ratio;  // [B, M]
  const Glide g = glide(f0, voicing > 0.5, state);
  const Tensor ramp = (torch::arange(kSubFrameSamples, f0.options()) + 1) / kSubFrameSamples;
  const Tensor hz = g.from.unsqueeze(2) + (f0 - g.from).unsqueeze(2) * ramp;  // [B, M, 240]
  if (!state.phase.defined()) state.phase = torch::zeros({batch, 1}, f0.options());
  const Tensor sum = torch::cumsum(hz.reshape({batch, -1}) / kSampleRate, 1).view_as(hz);
  const Tensor ends = sum.select(2, kSubFrameSamples - 1);
  const Tensor starts = torch::constant_pad_nd(ends.slice(1, 0, ends.size(1) - 1), {1, 0});
  const Tensor onset = last_true(g.onset);
  const Tensor origin =
      torch::where(onset >= 0, starts.gather(1, onset.clamp_min(0)), -state.phase);  // [B, M]
  const Tensor cycles = sum - origin.unsqueeze(2);
  state.phase = torch::frac(cycles.select(2, kSubFrameSamples - 1).slice(1, -1));
  return {(cycles - torch::round(cycles)).to(log_f0.scalar_type()), hz.to(log_f0.scalar_type())};
}

Tensor harmonic_excitation(const PhaseTrack& track) {
  torch::NoGradGuard no_grad;
  // Σ cos kφ, k = 1…K  =  sin((K + ½) φ) / (2 sin ½φ) − ½, with φ in [−π, π). The next harmonic
  // fades in as F0 falls, so that none begins at once.
  const Tensor fitting = (kHighestHarmonicHz / track.hz).clamp_min(1);
  const Tensor count = torch::floor(fitting), fade = fitting - count;
  const Tensor phi = track.cycles * (2 * M_PI);
  const Tensor half_sine = torch::sin(phi / 2);
  const Tensor at_pulse = half_sine.abs() < 1e-5;
  const Tensor ratio = torch::where(
      at_pulse,
      2 * count + 1,
      torch::sin((count + 0.5) * phi) / torch::where(at_pulse, torch::ones_like(phi), half_sine));
  const Tensor pulses = ratio / 2 - 0.5 + fade * torch::cos((count + 1) * phi);
  return (pulses * torch::sqrt(2 / fitting)).flatten(1);
}

Tensor breath_envelope(const PhaseTrack& track, const Tensor& voicing, double depth) {
  torch::NoGradGuard no_grad;
  // (1 + cos φ)² has the mean 3/2.
  const Tensor puff = (1 + torch::cos(track.cycles * (2 * M_PI))).square() / 1.5;
  const Tensor share = depth * voicing.detach().unsqueeze(2);  // [B, M, 1]
  return torch::sqrt(1 + share * (puff - 1)).flatten(1);
}

Tensor noise_excitation(int64_t batch, int64_t samples, const Tensor& like, VocoderStream& state) {
  if (state.noise_streams.empty()) return torch::randn({batch, samples}, like.options());
  Tensor noise = torch::empty({batch, samples}, torch::kFloat);
  for (int64_t b = 0; b < batch; ++b) {
    state.noise_streams.at(b).normal(
        RandomPurpose::kNoise, 0, state.samples_excited, noise[b].data_ptr<float>(), samples);
  }
  state.samples_excited += samples;
  return noise.to(like.options());
}

Tensor finish_frames(const Tensor& frames, bool last, VocoderStream& state) {
  if (state.skip < 0) state.skip = kLead;
  Tensor wave =
      state.overlap.defined() ? state.overlap : frames.new_zeros({frames.size(0), kWindow - kHop});
  if (frames.size(1) > 0) {
    const Tensor sum = overlap_add(frames, kHop) / 1.5;  // Σ hann² at a quarter hop is 1.5
    wave = torch::cat({wave + sum.slice(1, 0, kWindow - kHop), sum.slice(1, kWindow - kHop)}, 1);
  }
  const int64_t tail = kWindow - kHop, done = wave.size(1) - (last ? kLead : tail);
  state.overlap = wave.slice(1, done);
  const int64_t drop = std::min(state.skip, done);
  state.skip -= drop;
  return wave.slice(1, drop, done);
}

}  // namespace tts
