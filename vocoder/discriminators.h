// Discriminators of the adversarial stage: multi-period (Kong et al., "HiFi-GAN") and
// multi-resolution spectrogram (Jang et al., "UnivNet"), small enough to travel with the codec.
#pragma once
#include <torch/torch.h>

#include <vector>

namespace tts {

using torch::Tensor;

struct DiscriminatorOutput {
  Tensor score;                  // [B, …]
  std::vector<Tensor> features;  // of every layer, for feature matching
};

// Convolution with weight normalisation (Salimans & Kingma 2016).
class NormedConv2dImpl : public torch::nn::Module {
 public:
  struct Shape {
    int64_t in, out;
    std::vector<int64_t> kernel, stride, padding;
  };
  explicit NormedConv2dImpl(Shape shape);
  Tensor forward(const Tensor& x);

 private:
  Shape shape_;
  Tensor direction_, gain_, bias_;
};
TORCH_MODULE(NormedConv2d);

// The waveform folded into rows of `period` samples. wave: [B, S]
class PeriodDiscriminatorImpl : public torch::nn::Module {
 public:
  PeriodDiscriminatorImpl(int64_t period, const std::vector<int64_t>& channels);
  DiscriminatorOutput forward(const Tensor& wave);

 private:
  int64_t period_;
  torch::nn::ModuleList layers_;
};
TORCH_MODULE(PeriodDiscriminator);

// Convolutions over a log-magnitude spectrogram. wave: [B, S]
class ResolutionDiscriminatorImpl : public torch::nn::Module {
 public:
  ResolutionDiscriminatorImpl(int64_t n_fft, int64_t channels);
  DiscriminatorOutput forward(const Tensor& wave);

 private:
  int64_t n_fft_;
  torch::nn::ModuleList layers_;
};
TORCH_MODULE(ResolutionDiscriminator);

struct DiscriminatorOptions {
  std::vector<int64_t> periods = {2, 3, 5, 7, 11};
  std::vector<int64_t> period_channels = {16, 32, 64, 128, 128};
  std::vector<int64_t> resolutions = {512, 1024, 2048};
  int64_t resolution_channels = 32;
};

class DiscriminatorsImpl : public torch::nn::Module {
 public:
  explicit DiscriminatorsImpl(const DiscriminatorOptions& options = {});
  // wave: [B, S]. `which`: indices below count(), each at most once; empty: all, in order.
  std::vector<DiscriminatorOutput> forward(const Tensor& wave,
                                           const std::vector<size_t>& which = {});
  size_t count() const { return periods_->size() + resolutions_->size(); }

 private:
  torch::nn::ModuleList periods_, resolutions_;
};
TORCH_MODULE(Discriminators);

// Hinge losses (Lim & Ye 2017) averaged over the discriminators, and L1 feature matching relative
// to the size of the real features (which are detached).
Tensor discriminator_loss(const std::vector<DiscriminatorOutput>& real,
                          const std::vector<DiscriminatorOutput>& fake);
Tensor adversarial_loss(const std::vector<DiscriminatorOutput>& fake);
Tensor feature_matching_loss(const std::vector<DiscriminatorOutput>& real,
                             const std::vector<DiscriminatorOutput>& fake);

}  // namespace tts
