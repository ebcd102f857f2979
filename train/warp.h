// Pseudo-speakers: a recording played faster or slower is another voice, whose formants and F0 lie
// higher or lower (speed perturbation, Ko et al. 2015; as speakers of their own Yamamoto et al.
// 2019).
#pragma once
#include "train/corpus.h"

namespace tts {

// Resamples to `out` samples by cutting or padding the spectrum. wave: [S] float → [out]
torch::Tensor stretch(const torch::Tensor& wave, int64_t out);

// Linear interpolation to `out` values. values: [T] → [out]
torch::Tensor interpolate(const torch::Tensor& values, int64_t out);

// The recording `semitones` higher (and shorter) or lower, by the speaker's name with the shift:
// "kathleen+2". Symbols and text stay; it is cut to whole codec frames. Zero is the recording
// itself.
Utterance warp(const Utterance& utterance, int semitones);

}  // namespace tts
