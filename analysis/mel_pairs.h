// What networks at the codec's 50 frames per second hear: a log-mel of 10 ms frames, two by two,
// without its mean.
#pragma once
#include "audio/mel.h"

namespace tts {

MelOptions mel_of_pairs(int64_t bands);

// wave: [B, S] at 24 kHz, S at least 480; `lengths` [B] int64 codec frames, undefined: all.
// → [B, T, 2 bands], each band minus its mean over the recording, zero in the padding
Tensor mel_pairs(const LogMel& log_mel, const Tensor& wave, const Tensor& lengths = {});

// [B, T, 1] float, 1 where a frame of like [B, T, ...] is valid; undefined for undefined lengths.
Tensor valid_mask(const Tensor& lengths, const Tensor& like);

}  // namespace tts
