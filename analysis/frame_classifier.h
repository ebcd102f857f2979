// The aligner's ear: which state of which phone is a 10 ms frame in? Cepstra of the frame and its
// neighbours, two hidden layers, a softmax over states.
#pragma once
#include <torch/torch.h>

#include <array>
#include <cstdint>
#include <random>
#include <vector>

namespace tts {

using torch::Tensor;

// log-mel [T, C] → [T, kCepstra]: the discrete cosine transform over the bands, minus the mean over
// the utterance's louder frames (silence at the ends must not shift it).
inline constexpr int64_t kCepstra = 24;
Tensor cepstra(const Tensor& log_mel);

// True for the frames of [T, C] that are louder than the recording's background. → [T]
std::vector<bool> loud_frames(const Tensor& log_mel);

// What a frame should be: up to four states and how likely each is. Weights sum to 1.
struct FrameTarget {
  std::array<int16_t, 4> column{};
  std::array<float, 4> weight{};
};

// The frames of many utterances, each with copies of its first and last frame around it, so that a
// frame's neighbours are always there.
class FrameSet {
 public:
  static constexpr int64_t kContext = 3;  // frames on each side

  void add(const Tensor& features);  // [T, kCepstra], one utterance
  void finish();                     // after the last add()

  int64_t frames(int64_t utterance) const { return length_[utterance]; }
  int64_t first_row(int64_t utterance) const { return begin_[utterance] + kContext; }
  const Tensor& features() const { return all_; }  // [rows, kCepstra]

  // rows: [K] int64 → [K, (2 kContext + 1) kCepstra]
  Tensor stacked(const Tensor& rows) const;
  Tensor stacked(int64_t utterance) const;

 private:
  std::vector<Tensor> parts_;
  std::vector<int64_t> begin_, length_;
  int64_t rows_ = 0;
  Tensor all_;
};

// [K, stacked features] → [K, columns] log posteriors.
struct FrameClassifierImpl : torch::nn::Module {
  FrameClassifierImpl(int64_t hidden, int64_t columns, uint64_t seed);
  Tensor forward(const Tensor& stacked);

  Tensor mean, deviation;  // [stacked features], of the training data
  torch::nn::Linear in, middle, out;
};
TORCH_MODULE(FrameClassifier);

// One pass over the frames in random order. rows: [K] rows of `set`, targets: [K]. → mean loss in
// nats
struct EpochOptions {
  double learning_rate = 1e-3;
  int64_t batch = 512;
};
double train_epoch(FrameClassifier& model,
                   torch::optim::Optimizer& optimiser,
                   const FrameSet& set,
                   const std::vector<int64_t>& rows,
                   const std::vector<FrameTarget>& targets,
                   std::mt19937_64& random,
                   const EpochOptions& options);

}  // namespace tts
