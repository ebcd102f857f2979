#include "train/optimiser.h"

#include <cmath>

namespace tts {

Optimiser::Optimiser(std::vector<torch::nn::Module*> modules, const OptimiserOptions& o)
    : options_(o) {
  for (auto* module : modules) {
    for (const auto& p : module->parameters()) {
      if (p.requires_grad()) parameters_.push_back(p);
    }
  }
  for (const auto& p : parameters_) average_.push_back(p.detach().clone());
  // Norms, biases and gains are not decayed.
  std::vector<torch::Tensor> decayed, free;
  for (const auto& p : parameters_) (p.dim() > 1 ? decayed : free).push_back(p);
  using torch::optim::AdamWOptions;
  const auto settings = [&](double decay) {
    return std::make_unique<AdamWOptions>(
        AdamWOptions(o.learning_rate).betas({o.beta1, o.beta2}).weight_decay(decay));
  };
  std::vector<torch::optim::OptimizerParamGroup> groups;
  groups.emplace_back(decayed, settings(o.weight_decay));
  groups.emplace_back(free, settings(0));
  adam_ = std::make_unique<torch::optim::AdamW>(groups, *settings(o.weight_decay));
}

void Optimiser::schedule(int64_t step, double progress) {
  const double warm =
      std::min(1.0, static_cast<double>(step + 1) / std::max<int64_t>(1, options_.warmup_steps));
  const double cosine = 0.5 * (1 + std::cos(M_PI * std::min(1.0, std::max(0.0, progress))));
  current_rate_ = warm * (options_.final_learning_rate +
                          (options_.learning_rate - options_.final_learning_rate) * cosine);
  for (auto& group : adam_->param_groups()) group.options().set_lr(current_rate_);
}

void Optimiser::zero_grad() {
  for (auto& p : parameters_) p.mutable_grad() = torch::Tensor();
}

bool Optimiser::step() {
  torch::NoGradGuard no_grad;
  torch::Tensor sum = torch::zeros({}, parameters_.at(0).options().dtype(torch::kDouble));
  for (const auto& p : parameters_) {
    if (p.grad().defined()) sum = sum + p.grad().square().sum().to(torch::kDouble);
  }
  gradient_norm_ = std::sqrt(sum.item<double>());
  if (!std::isfinite(gradient_norm_)) {
    ++skipped_;
    return false;
  }
  if (gradient_norm_ > options_.clip_norm) {
    for (auto& p : parameters_) {
      if (p.grad().defined()) p.mutable_grad().mul_(options_.clip_norm / gradient_norm_);
    }
  }
  adam_->step();
  ++steps_;
  // A young average forgets faster, or it would remember the initial weights.
  const double keep = std::min(options_.ema, (1.0 + steps_) / (10.0 + steps_));
  for (size_t i = 0; i < parameters_.size(); ++i) average_[i].lerp_(parameters_[i], 1 - keep);
  return true;
}

bool Optimiser::minimise(const torch::Tensor& loss) {
  zero_grad();
  loss.backward();
  return step();
}

void Optimiser::swap_average() {
  torch::NoGradGuard no_grad;
  for (size_t i = 0; i < parameters_.size(); ++i) {
    const torch::Tensor live = parameters_[i].clone();
    parameters_[i].copy_(average_[i]);
    average_[i].copy_(live);
  }
}

void Optimiser::save(const std::string& path) {
  torch::serialize::OutputArchive archive, adam;
  adam_->save(adam);
  archive.write("adam", adam);
  for (size_t i = 0; i < average_.size(); ++i)
    archive.write("average" + std::to_string(i), average_[i], true);
  archive.write("counts", torch::tensor({steps_, skipped_}), true);
  archive.save_to(path);
}

void Optimiser::load(const std::string& path) {
  torch::serialize::InputArchive archive, adam;
  archive.load_from(path);
  archive.read("adam", adam);
  adam_->load(adam);
  for (size_t i = 0; i < average_.size(); ++i)
    archive.read("average" + std::to_string(i), average_[i], true);
  torch::Tensor counts;
  archive.read("counts", counts, true);
  steps_ = counts[0].item<int64_t>();
  skipped_ = counts[1].item<int64_t>();
}

}  // namespace tts
