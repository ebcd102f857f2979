#include "vocoder/inverse_stft.h"

#include "vocoder/synthesis.h"

namespace tts {

InverseStftVocoder::InverseStftVocoder(const TrunkOptions& o)
    : options_(o),
      trunk_(register_module("trunk", Trunk(o))),
      head_(register_module("head", torch::nn::Linear(o.channels, 2 * 2 * kBins))) {
  torch::NoGradGuard no_grad;
  head_->weight.mul_(0.5);
  head_->bias.view({2, 2, kBins}).select(1, 0).fill_(-2.0);
}

nlohmann::json InverseStftVocoder::to_json() const {
  nlohmann::json out = options_.to_json();
  out["type"] = "inverse_stft";
  return out;
}

VocoderOutput InverseStftVocoder::stream(const Tensor& latents,
                                         bool last,
                                         VocoderStream& state,
                                         const VocoderTeacher&) {
  state.convolutions.begin_chunk(last);
  const Tensor features = trunk_->upsample(trunk_->slow(latents, state.convolutions));
  const Tensor raw = head_(trunk_->fast(features, state.convolutions));  // [B, M, 4F]
  const Tensor frames = raw.reshape({raw.size(0), 2 * raw.size(1), 2, kBins});
  Tensor audible = torch::ones({kBins}, raw.options());
  audible[0] = 0;
  const Tensor magnitude = torch::exp(frames.select(2, 0).clamp_max(6.0)) * audible;
  const Tensor window = torch::hann_window(kWindow, raw.options());
  const Tensor pieces =
      frames.size(1) == 0
          ? frames.new_zeros({frames.size(0), 0, kWindow})
          : torch::fft::irfft(torch::polar(magnitude, frames.select(2, 1)), kWindow) * window;
  VocoderOutput out;
  out.wave = finish_frames(pieces, last, state);
  return out;
}

}  // namespace tts
