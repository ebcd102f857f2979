#include "acoustic/tokens/code_table.h"

#include <algorithm>
#include <cmath>

namespace tts {
namespace {

constexpr double kLevelDecay = 0.8;
// Deviations of fresh embeddings, of the columns beside those that are begun from the codec, and of
// fresh logits.
constexpr double kFreshCode = 0.3, kFreshColumn = 0.05, kFreshHead = 0.3;

}  // namespace

CodeTableOptions CodeTableOptions::from(Config& c) {
  CodeTableOptions o;
  o.codebooks = c.integer("codebooks", 1, 64);
  o.entries = c.integer("entries", 2, 65536);
  o.embedding = c.integer("embedding", 1, 4096);
  return o;
}

void CodeTableOptions::write(nlohmann::json& json) const {
  json["codebooks"] = codebooks;
  json["entries"] = entries;
  json["embedding"] = embedding;
}

CodeTableImpl::CodeTableImpl(const CodeTableOptions& o, int64_t channels)
    : options_(o),
      codes_(register_parameter(
          "codes", torch::randn({o.codebooks, o.entries + 1, o.embedding}) * kFreshCode)),
      scale_(register_parameter("scale", torch::ones({o.codebooks}))),
      output_(register_parameter("output",
                                 torch::randn({o.codebooks, channels, o.embedding}) *
                                     (kFreshHead / std::sqrt(static_cast<double>(channels))))),
      output_bias_(register_parameter("output_bias", torch::zeros({o.codebooks, o.entries}))) {}

void CodeTableImpl::start_from(const Tensor& meanings) {
  torch::NoGradGuard no_grad;
  const Tensor kept =
      meanings.slice(2, 0, std::min(meanings.size(2), options_.embedding)).to(codes_.options());
  const Tensor rms = kept.square().mean({1, 2}).sqrt().clamp_min(1e-6);  // [Q]
  codes_.normal_(0, kFreshColumn);
  codes_.slice(1, 0, options_.entries).slice(2, 0, kept.size(2)).copy_(kept / rms.view({-1, 1, 1}));
  codes_.select(1, options_.entries).normal_(0, kFreshCode);
  scale_.copy_(rms / rms[0]);
}

Tensor CodeTableImpl::embed(const Tensor& codes, const Tensor& levels) const {
  return torch::embedding(codes_.flatten(0, 1),
                          codes + levels.unsqueeze(1) * (options_.entries + 1));
}

Tensor CodeTableImpl::sum(const Tensor& codes, const Tensor& levels) const {
  const int64_t count = codes.size(2);
  const Tensor index = torch::arange(count, codes.options());  // [L]
  Tensor weight = scale_.slice(0, 0, count).unsqueeze(1);      // [L, 1] or [B, 1, L, 1]
  if (levels.defined()) weight = weight * (index < levels.view({-1, 1, 1})).unsqueeze(3);
  const Tensor vectors =
      torch::embedding(codes_.flatten(0, 1), codes + index * (options_.entries + 1));
  return (vectors * weight).sum(2);
}

Tensor CodeTableImpl::predict(const Tensor& hidden, const Tensor& levels) const {
  const Tensor points = torch::bmm(hidden, output_.index_select(0, levels));  // [B, T, E]
  const Tensor codes = codes_.index_select(0, levels).slice(1, 0, options_.entries);
  const Tensor bias = output_bias_.index_select(0, levels).unsqueeze(1);
  return torch::log_softmax(torch::baddbmm(bias, points, codes.transpose(1, 2)), 2);
}

Tensor CodeTableImpl::predict_first(const Tensor& hidden, int64_t count) const {
  const Tensor flat = hidden.flatten(0, 1).unsqueeze(0).expand({count, -1, -1});
  const Tensor points = torch::bmm(flat, output_.slice(0, 0, count));  // [Q, B T, E]
  const Tensor codes = codes_.slice(0, 0, count).slice(1, 0, options_.entries);
  const Tensor bias = output_bias_.slice(0, 0, count).unsqueeze(1);
  const Tensor logits = torch::baddbmm(bias, points, codes.transpose(1, 2));
  return torch::log_softmax(logits, 2).transpose(0, 1).view(
      {hidden.size(0), hidden.size(1), count, options_.entries});
}

Tensor guided(const Tensor& told, const Tensor& untold, double weight) {
  return torch::log_softmax(untold + (told - untold) * weight, -1);
}

Tensor level_weights(int64_t levels, const Tensor& like) {
  const Tensor weights =
      torch::pow(kLevelDecay, torch::arange(levels, like.options().dtype(torch::kFloat)));
  return weights / weights.sum();
}

}  // namespace tts
