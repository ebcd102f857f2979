// Pseudo-speakers: a recording played faster or slower is another voice, whose formants and F0 lie
// higher or lower (speed perturbation, Ko et al. 2015; as speakers of their own Yamamoto et al.
// 2019). Moving the formants alone makes of that line a plane: a short throat under a low voice.
#pragma once
#include "train/corpus.h"

namespace tts {

// Resamples to `out` samples by cutting or padding the spectrum. wave: [S] float → [out]
torch::Tensor stretch(const torch::Tensor& wave, int64_t out);

// Linear interpolation to `out` values. values: [T] → [out]
torch::Tensor interpolate(const torch::Tensor& values, int64_t out);

// Multiplies the frequencies of the spectral envelope, and of it alone, by 2^(semitones / 12).
// wave: [S] float at 24 kHz → [S]
torch::Tensor move_formants(const torch::Tensor& wave, double semitones);

// Where a recording that ends at `limit_hz` ends when it is played `speed` times as fast and its
// envelope's frequencies are multiplied by `formants`.
double warped_limit_hz(double limit_hz, double speed, double formants);

inline constexpr int kMostWarpSemitones = 6;

struct Warp {
  int semitones = 0;  // of F0 and formants, by playing it faster (and shorter) or slower
  int formants = 0;   // semitones that the formants are moved besides
  bool none() const { return semitones == 0 && formants == 0; }
  std::string name() const;  // "", "+2", "-1~+2"
};

// Of all warps of at most so many semitones, in the order of their numbers: `place` is 0 to
// warp_count() - 1, the middle one is none.
Warp warp_at(int place, int most_semitones, int most_formants);
// Number `index`, of any size, of all but none; which goes round.
Warp numbered_warp(uint64_t index, int most_semitones, int most_formants);
// How many there are, with none.
int warp_count(int most_semitones, int most_formants);

// The recording as another speaker, who has the warp's name behind the own: "kathleen+2". Symbols
// and text stay; it is cut to whole codec frames.
Utterance warp(const Utterance& utterance, const Warp& warp);

}  // namespace tts
