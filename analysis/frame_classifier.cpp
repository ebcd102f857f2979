#include "analysis/frame_classifier.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tts {
namespace {

// DCT-II: [kCepstra, C]
Tensor cosine_transform(int64_t bands) {
  Tensor out = torch::empty({kCepstra, bands});
  auto weight = out.accessor<float, 2>();
  for (int64_t k = 0; k < kCepstra; ++k) {
    for (int64_t c = 0; c < bands; ++c) {
      weight[k][c] =
          static_cast<float>(std::cos(M_PI * k * (c + 0.5) / bands) * std::sqrt(2.0 / bands));
    }
  }
  return out;
}

void fill_normal(Tensor& weight, double deviation, std::mt19937_64& random) {
  torch::NoGradGuard no_grad;
  std::normal_distribution<float> normal(0, static_cast<float>(deviation));
  float* data = weight.data_ptr<float>();
  for (int64_t i = 0; i < weight.numel(); ++i) data[i] = normal(random);
}

void initialise(torch::nn::Linear& layer, double gain, std::mt19937_64& random) {
  fill_normal(layer->weight, std::sqrt(gain / double(layer->options.in_features())), random);
  torch::NoGradGuard no_grad;
  layer->bias.zero_();
}

constexpr int64_t kStacked = (2 * FrameSet::kContext + 1) * kCepstra;

}  // namespace

Tensor cepstra(const Tensor& log_mel) {
  const std::vector<bool> loud = loud_frames(log_mel);
  std::vector<int64_t> kept;
  for (size_t t = 0; t < loud.size(); ++t) {
    if (loud[t]) kept.push_back(static_cast<int64_t>(t));
  }
  const Tensor all = torch::matmul(log_mel, cosine_transform(log_mel.size(1)).t());
  if (kept.empty()) return all - all.mean(0, true);
  return all - all.index_select(0, torch::tensor(kept)).mean(0, true);
}

std::vector<bool> loud_frames(const Tensor& log_mel) {
  const Tensor energy = log_mel.mean(1).contiguous();
  const float* level = energy.data_ptr<float>();
  const int64_t frames = energy.size(0);
  std::vector<float> sorted(level, level + frames);
  std::sort(sorted.begin(), sorted.end());
  const float quiet = sorted[frames / 20], loud = sorted[frames - 1 - frames / 10];
  const float threshold = quiet + 0.4f * (loud - quiet);
  std::vector<bool> out(frames);
  for (int64_t t = 0; t < frames; ++t) out[t] = level[t] > threshold;
  return out;
}

void FrameSet::add(const Tensor& features) {
  const int64_t frames = features.size(0);
  begin_.push_back(rows_);
  length_.push_back(frames);
  parts_.push_back(features.slice(0, 0, 1).expand({kContext, -1}));
  parts_.push_back(features);
  parts_.push_back(features.slice(0, frames - 1).expand({kContext, -1}));
  rows_ += frames + 2 * kContext;
}

void FrameSet::finish() {
  all_ = torch::cat(parts_);
  parts_.clear();
}

Tensor FrameSet::stacked(const Tensor& rows) const {
  const Tensor offsets = torch::arange(-kContext, kContext + 1);
  const Tensor wanted = (rows.unsqueeze(1) + offsets).reshape(-1);  // [K * 7]
  return all_.index_select(0, wanted).reshape({rows.size(0), -1});
}

Tensor FrameSet::stacked(int64_t utterance) const {
  const int64_t first = first_row(utterance);
  return stacked(torch::arange(first, first + frames(utterance)));
}

FrameClassifierImpl::FrameClassifierImpl(int64_t hidden, int64_t columns, uint64_t seed)
    : mean(register_buffer("mean", torch::zeros({kStacked}))),
      deviation(register_buffer("deviation", torch::ones({kStacked}))),
      in(register_module("in", torch::nn::Linear(kStacked, hidden))),
      middle(register_module("middle", torch::nn::Linear(hidden, hidden))),
      out(register_module("out", torch::nn::Linear(hidden, columns))) {
  std::mt19937_64 random(seed);
  initialise(in, 2, random);
  initialise(middle, 2, random);
  initialise(out, 0.01, random);
}

Tensor FrameClassifierImpl::forward(const Tensor& stacked) {
  const Tensor x = (stacked - mean) / deviation;
  return torch::log_softmax(out(torch::relu(middle(torch::relu(in(x))))), -1);
}

double train_epoch(FrameClassifier& model,
                   torch::optim::Optimizer& optimiser,
                   const FrameSet& set,
                   const std::vector<int64_t>& rows,
                   const std::vector<FrameTarget>& targets,
                   std::mt19937_64& random,
                   const EpochOptions& options) {
  for (auto& group : optimiser.param_groups()) {
    static_cast<torch::optim::AdamOptions&>(group.options()).lr(options.learning_rate);
  }
  std::vector<int64_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), random);
  double sum = 0;
  const auto total = static_cast<int64_t>(order.size());
  for (int64_t at = 0; at < total; at += options.batch) {
    const int64_t size = std::min(options.batch, total - at);
    const Tensor chosen = torch::empty({size}, torch::kLong),
                 columns = torch::empty({size, 4}, torch::kLong);
    const Tensor weights = torch::empty({size, 4});
    for (int64_t i = 0; i < size; ++i) {
      const FrameTarget& target = targets[order[at + i]];
      chosen.data_ptr<int64_t>()[i] = rows[order[at + i]];
      std::copy(target.column.begin(), target.column.end(), columns.data_ptr<int64_t>() + 4 * i);
      std::copy(target.weight.begin(), target.weight.end(), weights.data_ptr<float>() + 4 * i);
    }
    optimiser.zero_grad();
    const Tensor loss = -(model(set.stacked(chosen)).gather(1, columns) * weights).sum() / size;
    loss.backward();
    optimiser.step();
    sum += loss.item<double>() * size;
  }
  return total ? sum / total : 0;
}

}  // namespace tts
