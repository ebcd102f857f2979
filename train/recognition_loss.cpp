#include "train/recognition_loss.h"

namespace tts {

RecognitionLoss::RecognitionLoss(Recogniser recogniser, torch::Device device)
    : recogniser_(std::move(recogniser)) {
  recogniser_->to(device);
  recogniser_->eval();
  for (auto& parameter : recogniser_->parameters()) parameter.set_requires_grad(false);
}

torch::Tensor RecognitionLoss::operator()(const torch::Tensor& output,
                                          const torch::Tensor& target) const {
  torch::Tensor true_features, true_ctc;
  {
    torch::NoGradGuard no_grad;
    true_features = recogniser_->hidden(recogniser_->features(target));
    true_ctc = recogniser_->read(true_features).ctc;
  }
  const torch::Tensor features = recogniser_->hidden(recogniser_->features(output));
  const torch::Tensor ctc = recogniser_->read(features).ctc;
  const torch::Tensor divergence = (true_ctc.exp() * (true_ctc - ctc)).sum(2).mean();
  return (features - true_features).abs().mean() + divergence;
}

}  // namespace tts
