// Signal processing shared by the heads: filters applied to excitations frame by frame, and
// overlap-add that can be fed piecewise.
#pragma once
#include <torch/torch.h>

#include "vocoder/vocoder.h"

namespace tts {

// Two synthesis frames to each 100 Hz sub-frame: 20 ms windows every 5 ms. A filter needs little
// resolution in frequency (harmonics come from the excitation), so the window is short and bursts
// stay sharp.
inline constexpr int64_t kWindow = 480;
inline constexpr int64_t kHop = 120;
inline constexpr int64_t kBins = kWindow / 2 + 1;
// A window is centred on its hop: it begins this many samples before it.
inline constexpr int64_t kLead = (kWindow - kHop) / 2;

// Where every sample lies within its period, and its F0; both [B, M, 240].
struct PhaseTrack {
  Tensor cycles;  // −½ … ½, 0 at the pulse
  Tensor hz;
};

// log_f0: [B, M] at 100 Hz, reached at the end of each sub-frame; voicing: [B, M], voiced above
// 0.5.
//
// The phase is a sum over all that went before, so a rounding error in F0 would grow without bound
// and reach 10 kHz fifty-fold. Therefore the phase starts from zero after a pause of kOnsetPause
// unvoiced sub-frames: errors live no longer than a voiced stretch.
PhaseTrack follow_phase(const Tensor& log_f0, const Tensor& voicing, VocoderStream& state);
inline constexpr int64_t kOnsetPause = 4;

// Band-limited pulse train: all harmonics of F0 up to 11.5 kHz, equal amplitudes, unit variance
// (the Dirichlet kernel in closed form). → [B, 240 M]
Tensor harmonic_excitation(const PhaseTrack& track);

// The breath of a voice comes in puffs, one to a period (Stylianou 1996): gains of unit mean square
// that are largest at the pulse. voicing: [B, M] 0 … 1; depth: 0 (steady) … 1 → [B, 240 M]
Tensor breath_envelope(const PhaseTrack& track, const Tensor& voicing, double depth);

// White noise of unit variance. → [B, samples]
Tensor noise_excitation(int64_t batch, int64_t samples, const Tensor& like, VocoderStream& state);

// Overlap-adds windowed frames [B, m, kWindow] and returns the finished samples.
Tensor finish_frames(const Tensor& frames, bool last, VocoderStream& state);

}  // namespace tts
