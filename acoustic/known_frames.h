// Which frames of a training row are given to generators that infill (Voicebox, Le et al. 2023).
#pragma once
#include <torch/torch.h>

namespace tts {

using torch::Tensor;

// None in half of the rows, else all but a gap of 0.3 to 1 of its length. lengths: [B], → [B, T, 1]
// float
Tensor random_known(const Tensor& lengths, int64_t frames, const Tensor& like);

}  // namespace tts
