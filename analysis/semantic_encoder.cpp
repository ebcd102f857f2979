#include "analysis/semantic_encoder.h"

#include <algorithm>

#include "analysis/mel_pairs.h"
#include "core/error.h"

namespace tts {
namespace {

constexpr int64_t kProjected = 16, kComponents = 32, kSemanticInputKernel = 3;
constexpr double kLeastVariance = 1e-4;

}  // namespace

SemanticEncoderOptions SemanticEncoderOptions::from(Config c) {
  SemanticEncoderOptions o;
  o.bands = c.integer("bands", 8, 256);
  o.channels = c.integer("channels", 4, 4096);
  o.hidden = c.integer("hidden", 4, 16384);
  o.blocks = c.integer("blocks", 1, 64);
  o.feature_block = c.integer("feature_block", 1, o.blocks);
  o.kernel = c.integer("kernel", 1, 63);
  o.targets = c.integer("targets", 2, 65536);
  c.finish();
  return o;
}

nlohmann::json SemanticEncoderOptions::to_json() const {
  return {{"bands", bands},
          {"channels", channels},
          {"hidden", hidden},
          {"blocks", blocks},
          {"feature_block", feature_block},
          {"kernel", kernel},
          {"targets", targets}};
}

SemanticEncoderImpl::SemanticEncoderImpl(const SemanticEncoderOptions& o)
    : options_(o),
      log_mel_(mel_of_pairs(o.bands)),
      input_(register_module("input", FrameConv(2 * o.bands, o.channels, kSemanticInputKernel))),
      blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(
          register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))),
      output_(register_module("output", torch::nn::Linear(o.channels, o.targets))),
      hidden_frame_(register_parameter("hidden_frame", torch::zeros({2 * o.bands}))),
      projection_(register_buffer("projection", torch::randn({2 * o.bands, kProjected}))) {
  const Tensor random = torch::randn({o.targets, kProjected});
  entries_ = register_buffer("entries", random / random.norm(2, 1, true).clamp_min(1e-6));
  ConvNeXtOptions block{o.channels, o.hidden, o.kernel};
  block.dropout = o.dropout;
  for (int64_t i = 0; i < o.blocks; ++i) blocks_->push_back(ConvNeXtBlock(block));
}

Tensor SemanticEncoderImpl::heard(const Tensor& wave, const Tensor& lengths) const {
  return mel_pairs(log_mel_, wave, lengths);
}

Tensor SemanticEncoderImpl::through(const Tensor& heard, const Tensor& lengths, int64_t blocks) {
  const Tensor mask = valid_mask(lengths, heard);
  Tensor x = input_(heard);
  for (int64_t i = 0; i < blocks; ++i)
    x = blocks_[static_cast<size_t>(i)]->as<ConvNeXtBlock>()->forward(x, mask);
  return x;
}

Tensor SemanticEncoderImpl::features(const Tensor& heard, const Tensor& lengths) {
  const Tensor x = through(heard, lengths, options_.feature_block);
  return torch::layer_norm(x, {options_.channels});  // no loud channel decides alone
}

Tensor SemanticEncoderImpl::predict(const Tensor& heard,
                                    const Tensor& masked,
                                    const Tensor& lengths) {
  const Tensor seen = torch::where(masked.unsqueeze(2), hidden_frame_.expand_as(heard), heard);
  return torch::log_softmax(output_(norm_(through(seen, lengths, options_.blocks))), 2);
}

Tensor SemanticEncoderImpl::targets(const Tensor& heard) const {
  // The nearest in direction: all entries have one length.
  return torch::matmul(torch::matmul(heard, projection_), entries_.t()).argmax(-1);
}

void SemanticEncoderImpl::set_statistics(const Tensor& heard) {
  torch::NoGradGuard no_grad;
  const Tensor x = heard.to(torch::kDouble);
  const auto [variances, directions] = torch::linalg_eigh(
      torch::matmul(x.t(), x) / static_cast<double>(std::max<int64_t>(1, x.size(0))), "L");
  const int64_t width = variances.size(0), kept = std::min(kComponents, width);
  const Tensor whitening = directions.slice(1, width - kept) /
                           variances.slice(0, width - kept).clamp_min(kLeastVariance).sqrt();
  const Tensor random = torch::randn({kept, kProjected}, x.options());
  projection_.copy_(torch::matmul(whitening, random));
}

}  // namespace tts
