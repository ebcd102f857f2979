#include "analysis/speaker_encoder.h"

namespace tts {
namespace {

// The band that every recording and telephone has: above it, microphones and bit rates would be
// learnt instead of voices.
MelOptions mel_options(int64_t bands) {
  MelOptions o;
  o.n_fft = 1024;
  o.bands = bands;
  o.lowest_hz = 60;
  o.highest_hz = 7600;
  return o;
}

constexpr int64_t kStackedFrames = 2;  // 50 frames per second inside
constexpr double kEpsilon = 1e-6;

}  // namespace

SpeakerEncoderOptions SpeakerEncoderOptions::from(Config c) {
  SpeakerEncoderOptions o;
  o.bands = c.integer("bands", 8, 256);
  o.channels = c.integer("channels", 4, 4096);
  o.blocks = c.integer("blocks", 0, 64);
  o.vector = c.integer("vector", 2, 1024);
  c.finish();
  return o;
}

nlohmann::json SpeakerEncoderOptions::to_json() const {
  return {{"bands", bands}, {"channels", channels}, {"blocks", blocks}, {"vector", vector}};
}

SpeakerEncoderImpl::SpeakerEncoderImpl(const SpeakerEncoderOptions& o)
    : options_(o),
      log_mel_(mel_options(o.bands)),
      input_(register_module("input", torch::nn::Linear(kStackedFrames * o.bands, o.channels))),
      blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(
          register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))),
      attention_(register_module("attention", torch::nn::Linear(o.channels, o.channels))),
      output_(register_module("output", torch::nn::Linear(2 * o.channels, o.vector))) {
  const ConvNeXtOptions block{o.channels, 2 * o.channels};
  for (int64_t i = 0; i < o.blocks; ++i) blocks_->push_back(ConvNeXtBlock(block));
}

Tensor SpeakerEncoderImpl::forward(const Tensor& wave, const Tensor& lengths) {
  return pooled(frames_of(wave, lengths));
}

Tensor SpeakerEncoderImpl::together(const Tensor& wave, const Tensor& lengths) {
  const Frames frames = frames_of(wave, lengths);
  return pooled({frames.x.flatten(0, 1).unsqueeze(0), frames.mask.flatten(0, 1).unsqueeze(0)})[0];
}

SpeakerEncoderImpl::Frames SpeakerEncoderImpl::frames_of(const Tensor& wave,
                                                         const Tensor& lengths) {
  const Tensor mel = log_mel_.frames(wave);  // [B, 2 T or 2 T + 1, bands]
  const int64_t frames = mel.size(1) / kStackedFrames;
  const Tensor stacked =
      mel.slice(1, 0, frames * kStackedFrames).reshape({mel.size(0), frames, -1});
  const Tensor counts =
      lengths.defined()
          ? torch::floor_divide(lengths, kStackedFrames * log_mel_.options().hop).clamp_min(1)
          : torch::full(
                {mel.size(0)}, frames, torch::TensorOptions(mel.device()).dtype(torch::kLong));
  const Tensor mask = length_mask(counts, frames).unsqueeze(2).to(mel.dtype());  // [B, T, 1]
  // Free of the recording's level.
  const Tensor level = (stacked * mask).sum({1, 2}, true) / (mask.sum(1, true) * stacked.size(2));
  Tensor x = input_((stacked - level) * mask) * mask;
  for (const auto& block : *blocks_) x = block->as<ConvNeXtBlock>()->forward(x, mask) * mask;
  return {norm_(x), mask};
}

// Attentive statistics: each channel chooses its frames.
Tensor SpeakerEncoderImpl::pooled(const Frames& frames) {
  const auto& [x, mask] = frames;
  const Tensor weights = torch::softmax(attention_(torch::tanh(x)).masked_fill(mask == 0, -1e9), 1);
  const Tensor mean = (weights * x).sum(1);
  const Tensor deviation =
      ((weights * x.square()).sum(1) - mean.square()).clamp_min(kEpsilon).sqrt();
  const Tensor vector = output_(torch::cat({mean, deviation}, 1));
  return vector / vector.norm(2, 1, true).clamp_min(kEpsilon);
}

Tensor ge2e_loss(const Tensor& vectors, const Tensor& scale, const Tensor& shift) {
  const int64_t speakers = vectors.size(0), recordings = vectors.size(1), width = vectors.size(2);
  const auto unit = [](const Tensor& x) { return x / x.norm(2, -1, true).clamp_min(kEpsilon); };
  const Tensor sums = vectors.sum(1);                       // [N, V]
  const Tensor others = unit(sums.unsqueeze(1) - vectors);  // [N, M, V]
  const Tensor flat = vectors.reshape({speakers * recordings, width});
  Tensor cosines = torch::matmul(flat, unit(sums).t());  // [N M, N]
  const Tensor own =
      torch::arange(speakers, torch::TensorOptions(vectors.device()).dtype(torch::kLong))
          .repeat_interleave(recordings);                          // [N M]
  const Tensor self = (vectors * others).sum(2).reshape({-1, 1});  // [N M, 1]
  const Tensor is_own = torch::one_hot(own, speakers).to(torch::kBool);
  cosines = torch::where(is_own, self.expand_as(cosines), cosines);
  return torch::nll_loss(torch::log_softmax(cosines * scale.clamp_min(kEpsilon) + shift, 1), own);
}

double equal_error_rate(const Tensor& vectors, const Tensor& speakers) {
  const Tensor upper = torch::ones({vectors.size(0), vectors.size(0)}, torch::kBool).triu(1);
  const Tensor cosines = torch::matmul(vectors, vectors.t()).masked_select(upper);
  const Tensor same = (speakers.unsqueeze(0) == speakers.unsqueeze(1)).masked_select(upper);
  const Tensor order = cosines.argsort(0, false);
  const Tensor sorted = same.index_select(0, order).to(torch::kDouble);
  const double pairs = sorted.sum().item<double>();
  const double strangers = static_cast<double>(sorted.size(0)) - pairs;
  if (pairs == 0 || strangers == 0) return 0;
  // With the threshold above the i lowest: misses among the pairs, false alarms above.
  const Tensor misses = sorted.cumsum(0) / pairs;
  const Tensor alarms = 1 - (1 - sorted).cumsum(0) / strangers;
  const Tensor worse = torch::maximum(misses, alarms);
  return worse.min().item<double>();
}

}  // namespace tts
