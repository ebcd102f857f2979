#include "codec/codec.h"

namespace tts {
namespace {

// Just below its limit a recording is already attenuated by whatever limited it.
constexpr double kTrustedShare = 0.95;

}  // namespace

CodecOptions CodecOptions::from(Config c) {
  CodecOptions o;
  o.encoder = EncoderOptions::from(c.section("encoder"));
  o.quantiser = QuantiserOptions::from(c.section("quantiser"));
  c.finish();
  return o;
}

nlohmann::json CodecOptions::to_json() const {
  return {{"encoder", encoder.to_json()}, {"quantiser", quantiser.to_json()}};
}

CodecImpl::CodecImpl(const CodecOptions& o)
    : options_(o),
      log_mel_(MelOptions{1024, 240, o.encoder.mel_bands, kSampleRateHz, 1e-5}),
      encoder_(register_module("encoder", Encoder(o.encoder))),
      quantiser_(register_module("quantiser", ResidualQuantiser(o.quantiser))),
      mean_(register_buffer("mean", torch::zeros({o.encoder.latent}))),
      basis_(register_buffer("basis", torch::eye(o.encoder.latent))),
      scale_(register_buffer("scale", torch::zeros({o.encoder.latent}))) {}

Tensor CodecImpl::latents(const Tensor& wave, const Tensor& limits_hz) {
  const int64_t samples = wave.size(1) / kFrameSamples * kFrameSamples;
  Tensor known;
  if (options_.encoder.band_aware && limits_hz.defined()) {
    known = log_mel_.bands_below(
        torch::where(limits_hz < kSampleRateHz / 2.0, limits_hz * kTrustedShare, limits_hz));
  }
  return encoder_(log_mel_.frames(wave.slice(1, 0, samples)), known);
}

Tensor CodecImpl::encode(const Tensor& wave, const Tensor& limits_hz) {
  return quantiser_->encode(latents(wave, limits_hz));
}

Tensor CodecImpl::decode(const Tensor& codes) {
  return quantiser_->decode(codes);
}

Tensor CodecImpl::standardise(const Tensor& latents) const {
  const int64_t kept = (scale_ > 0).sum().item<int64_t>();
  return torch::matmul(latents - mean_, basis_.slice(1, 0, kept)) / scale_.slice(0, 0, kept);
}

Tensor CodecImpl::restore(const Tensor& standardised) const {
  const int64_t kept = standardised.size(-1);
  return torch::matmul(standardised * scale_.slice(0, 0, kept), basis_.slice(1, 0, kept).t()) +
         mean_;
}

Tensor CodecImpl::code_meanings() {
  const Tensor entries = quantiser_->entries();  // [Q, entries, D]
  const Tensor origin = standardise(torch::zeros_like(mean_));
  Tensor meanings = standardise(entries) - origin;
  meanings[0] += origin;  // the mean is subtracted once
  return meanings;
}

namespace {

// Eigenvalues (ascending) and eigenvectors of the frames' covariance.
std::tuple<Tensor, Tensor> principal_components(const Tensor& frames) {
  const Tensor data = frames.to(torch::kDouble);
  const Tensor centred = data - data.mean(0);
  return torch::linalg_eigh(torch::matmul(centred.t(), centred) / data.size(0), "L");
}

}  // namespace

int64_t leading_components(const Tensor& frames, double share) {
  torch::NoGradGuard no_grad;
  const Tensor variance = std::get<0>(principal_components(frames)).flip(0).clamp_min(0);
  const Tensor held = variance.cumsum(0) / variance.sum();
  return std::min((held < share).sum().item<int64_t>() + 1, held.size(0));
}

void CodecImpl::set_statistics(const Tensor& frames, int64_t components, double whitening) {
  torch::NoGradGuard no_grad;
  const auto [values, vectors] = principal_components(frames);
  const Tensor deviation = values.flip(0).clamp_min(1e-12).sqrt();  // largest first
  // whitening 1: unit variance each; 0: one common scale. The mean square over components is 1
  // either way.
  Tensor scale = deviation.pow(whitening).slice(0, 0, components);
  scale = scale * (deviation.slice(0, 0, components) / scale).square().mean().sqrt();
  mean_.copy_(frames.to(torch::kDouble).mean(0));
  basis_.copy_(vectors.flip(1));
  scale_.zero_();
  scale_.slice(0, 0, components).copy_(scale);
}

}  // namespace tts
