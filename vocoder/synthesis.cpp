#include "vocoder/synthesis.h"

#include <cmath>

#include "audio/stft.h"

namespace tts {
namespace {

constexpr double kSampleRate = 24000, kHighestHarmonicHz = 11500;

}  // namespace

Tensor harmonic_excitation(const Tensor& log_f0, VocoderStream& state) {
  torch::NoGradGuard no_grad;
  const int64_t batch = log_f0.size(0);
  const Tensor f0 = torch::exp(log_f0.to(torch::kDouble)) * state.pitch_ratio;  // [B, M]
  if (!state.previous_f0.defined()) state.previous_f0 = f0.slice(1, 0, 1);
  const Tensor before = torch::cat({state.previous_f0, f0.slice(1, 0, f0.size(1) - 1)}, 1);
  state.previous_f0 = f0.slice(1, f0.size(1) - 1);
  const Tensor ramp = (torch::arange(kSubFrameSamples, f0.options()) + 1) / kSubFrameSamples;
  const Tensor hz =
      (before.unsqueeze(2) + (f0 - before).unsqueeze(2) * ramp).reshape({batch, -1});  // [B, S]
  if (!state.phase.defined()) state.phase = torch::zeros({batch, 1}, f0.options());
  const Tensor cycles = state.phase + torch::cumsum(hz / kSampleRate, 1);
  state.phase = torch::frac(cycles.slice(1, cycles.size(1) - 1));
  // Σ cos kφ, k = 1…K  =  sin((K + ½) φ) / (2 sin ½φ) − ½, with φ in [−π, π)
  const Tensor count = torch::floor(kHighestHarmonicHz / hz).clamp_min(1);
  const Tensor phi = (cycles - torch::round(cycles)) * (2 * M_PI);
  const Tensor half_sine = torch::sin(phi / 2);
  const Tensor safe =
      torch::where(half_sine.abs() < 1e-5, torch::full_like(half_sine, 1e-5), half_sine);
  const Tensor ratio =
      torch::where(half_sine.abs() < 1e-5, 2 * count + 1, torch::sin((count + 0.5) * phi) / safe);
  return ((ratio / 2 - 0.5) * torch::sqrt(2 / count)).to(log_f0.scalar_type());
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
