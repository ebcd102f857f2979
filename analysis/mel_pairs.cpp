#include "analysis/mel_pairs.h"

#include "nn/blocks.h"

namespace tts {
namespace {

constexpr int64_t kPair = 2;

}  // namespace

MelOptions mel_of_pairs(int64_t bands) {
  MelOptions o;
  o.bands = bands;
  o.lowest_hz = 40;
  o.highest_hz = 11000;
  return o;
}

Tensor mel_pairs(const LogMel& log_mel, const Tensor& wave, const Tensor& lengths) {
  const Tensor mel = log_mel.frames(wave);  // [B, 2 T or 2 T + 1, bands]
  const int64_t frames = mel.size(1) / kPair;
  const Tensor pairs =
      mel.slice(1, 0, kPair * frames).reshape({mel.size(0), frames, kPair, mel.size(2)});
  if (!lengths.defined()) {
    return (pairs - pairs.mean(std::vector<int64_t>{1, 2}, true)).flatten(2);
  }
  const Tensor mask = length_mask(lengths, frames).view({-1, frames, 1, 1}).to(mel.dtype());
  const Tensor mean = (pairs * mask).sum(std::vector<int64_t>{1, 2}, true) /
                      (kPair * mask.sum(1, true)).clamp_min(1);
  return ((pairs - mean) * mask).flatten(2);
}

Tensor valid_mask(const Tensor& lengths, const Tensor& like) {
  if (!lengths.defined()) return {};
  return length_mask(lengths, like.size(1)).unsqueeze(2).to(like.dtype());
}

}  // namespace tts
