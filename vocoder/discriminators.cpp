#include "vocoder/discriminators.h"

#include <cmath>
#include <numeric>

#include "audio/stft.h"
#include "nn/torch_compat.h"

namespace tts {
namespace {

constexpr double kSlope = 0.1;

DiscriminatorOutput run_layers(torch::nn::ModuleList layers, Tensor x) {
  DiscriminatorOutput out;
  for (size_t i = 0; i < layers->size(); ++i) {
    x = layers[i]->as<NormedConv2d>()->forward(x);
    if (i + 1 == layers->size()) break;
    x = torch::leaky_relu(x, kSlope);
    out.features.push_back(x);
  }
  out.score = x;
  return out;
}

}  // namespace

NormedConv2dImpl::NormedConv2dImpl(Shape s) : shape_(std::move(s)) {
  const double fan_in = static_cast<double>(shape_.in * shape_.kernel[0] * shape_.kernel[1]);
  direction_ =
      register_parameter("direction",
                         torch::randn({shape_.out, shape_.in, shape_.kernel[0], shape_.kernel[1]}) /
                             std::sqrt(fan_in));
  gain_ = register_parameter("gain",
                             direction_.detach().flatten(1).norm(2, 1).view({-1, 1, 1, 1}).clone());
  bias_ = register_parameter("bias", torch::zeros({shape_.out}));
}

Tensor NormedConv2dImpl::forward(const Tensor& x) {
  const Tensor norm = direction_.square().sum({1, 2, 3}, true).sqrt();
  return at::conv2d(x,
                    direction_ * (gain_ / norm),
                    bias_,
                    at::IntArrayRef(shape_.stride),
                    at::IntArrayRef(shape_.padding));
}

PeriodDiscriminatorImpl::PeriodDiscriminatorImpl(int64_t period,
                                                 const std::vector<int64_t>& channels)
    : period_(period), layers_(register_module("layers", torch::nn::ModuleList())) {
  int64_t in = 1;
  for (size_t i = 0; i < channels.size(); ++i) {
    const int64_t stride = i + 1 < channels.size() ? 3 : 1;
    layers_->push_back(
        NormedConv2d(NormedConv2dImpl::Shape{in, channels[i], {5, 1}, {stride, 1}, {2, 0}}));
    in = channels[i];
  }
  layers_->push_back(NormedConv2d(NormedConv2dImpl::Shape{in, 1, {3, 1}, {1, 1}, {1, 0}}));
}

DiscriminatorOutput PeriodDiscriminatorImpl::forward(const Tensor& wave) {
  const int64_t rows = wave.size(1) / period_;
  return run_layers(layers_,
                    wave.slice(1, 0, rows * period_).reshape({wave.size(0), 1, rows, period_}));
}

ResolutionDiscriminatorImpl::ResolutionDiscriminatorImpl(int64_t n_fft, int64_t channels)
    : n_fft_(n_fft), layers_(register_module("layers", torch::nn::ModuleList())) {
  using Shape = NormedConv2dImpl::Shape;
  // The first layers see the most positions: fewer channels there halve the work.
  layers_->push_back(NormedConv2d(Shape{1, channels / 2, {9, 3}, {2, 1}, {4, 1}}));
  layers_->push_back(NormedConv2d(Shape{channels / 2, channels, {9, 3}, {2, 1}, {4, 1}}));
  layers_->push_back(NormedConv2d(Shape{channels, channels, {9, 3}, {2, 2}, {4, 1}}));
  layers_->push_back(NormedConv2d(Shape{channels, channels, {5, 3}, {2, 1}, {2, 1}}));
  layers_->push_back(NormedConv2d(Shape{channels, 1, {3, 3}, {1, 1}, {1, 1}}));
}

DiscriminatorOutput ResolutionDiscriminatorImpl::forward(const Tensor& wave) {
  const Tensor magnitude = stft_magnitude(wave, n_fft_, n_fft_ / 4).slice(1, 1);  // without DC
  return run_layers(layers_, torch::log(magnitude + 1e-3).unsqueeze(1));
}

DiscriminatorsImpl::DiscriminatorsImpl(const DiscriminatorOptions& o)
    : periods_(register_module("periods", torch::nn::ModuleList())),
      resolutions_(register_module("resolutions", torch::nn::ModuleList())) {
  for (const int64_t p : o.periods) periods_->push_back(PeriodDiscriminator(p, o.period_channels));
  for (const int64_t r : o.resolutions)
    resolutions_->push_back(ResolutionDiscriminator(r, o.resolution_channels));
}

std::vector<DiscriminatorOutput> DiscriminatorsImpl::forward(const Tensor& wave,
                                                             const std::vector<size_t>& which) {
  std::vector<size_t> all(count());
  std::iota(all.begin(), all.end(), 0);
  std::vector<DiscriminatorOutput> out;
  for (const size_t i : which.empty() ? all : which) {
    out.push_back(
        i < periods_->size()
            ? periods_[i]->as<PeriodDiscriminator>()->forward(wave)
            : resolutions_[i - periods_->size()]->as<ResolutionDiscriminator>()->forward(wave));
  }
  return out;
}

Tensor discriminator_loss(const std::vector<DiscriminatorOutput>& real,
                          const std::vector<DiscriminatorOutput>& fake) {
  Tensor loss = torch::zeros({}, real[0].score.options());
  for (size_t i = 0; i < real.size(); ++i) {
    loss = loss + torch::relu(1 - real[i].score).mean() + torch::relu(1 + fake[i].score).mean();
  }
  return loss / static_cast<double>(real.size());
}

Tensor adversarial_loss(const std::vector<DiscriminatorOutput>& fake) {
  Tensor loss = torch::zeros({}, fake[0].score.options());
  for (const auto& f : fake) loss = loss - f.score.mean();
  return loss / static_cast<double>(fake.size());
}

Tensor feature_matching_loss(const std::vector<DiscriminatorOutput>& real,
                             const std::vector<DiscriminatorOutput>& fake) {
  Tensor loss = torch::zeros({}, fake[0].score.options());
  int64_t count = 0;
  for (size_t i = 0; i < real.size(); ++i) {
    for (size_t k = 0; k < real[i].features.size(); ++k, ++count) {
      const Tensor truth = real[i].features[k].detach();
      loss = loss + (fake[i].features[k] - truth).abs().mean() / truth.abs().mean().clamp_min(1e-4);
    }
  }
  return loss / static_cast<double>(count);
}

}  // namespace tts
