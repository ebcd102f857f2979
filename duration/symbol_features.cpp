#include "duration/symbol_features.h"

namespace tts {

SymbolFeaturesOptions SymbolFeaturesOptions::from(Config& c) {
  SymbolFeaturesOptions o;
  o.symbols = c.integer("symbols", 1, 100000);
  o.channels = c.integer("channels", 4, 4096);
  o.blocks = c.integer("blocks", 0, 64);
  o.dropout = c.number("dropout", 0, 0.9);
  if (c.has("languages")) o.languages = c.integer("languages", 0, 1000);
  if (c.has("speaker_vector")) o.speaker_vector = c.integer("speaker_vector", 0, 4096);
  return o;
}

nlohmann::json SymbolFeaturesOptions::to_json() const {
  return {{"symbols", symbols},
          {"channels", channels},
          {"blocks", blocks},
          {"dropout", dropout},
          {"languages", languages},
          {"speaker_vector", speaker_vector}};
}

void add_blocks(torch::nn::ModuleList& list, int64_t count, const ConvNeXtOptions& block) {
  for (int64_t i = 0; i < count; ++i) list->push_back(ConvNeXtBlock(block));
}

Tensor symbol_mask(const Condition& c) {
  return length_mask(c.symbol_lengths, c.symbols.size(1)).unsqueeze(2).to(torch::kFloat);
}

SymbolFeatures::SymbolFeatures(torch::nn::Module& owner, const SymbolFeaturesOptions& o)
    : options_(o),
      symbol_(owner.register_module("symbol", torch::nn::Embedding(o.symbols, o.channels))),
      attribute_(owner.register_module("attribute", torch::nn::Embedding(12, o.channels))),
      position_(owner.register_module("position", torch::nn::Linear(3, o.channels))),
      blocks_(owner.register_module("blocks", torch::nn::ModuleList())),
      norm_(owner.register_module(
          "norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))) {
  ConvNeXtOptions block{o.channels, 3 * o.channels};
  block.dropout = o.dropout;
  add_blocks(blocks_, o.blocks, block);
  torch::NoGradGuard no_grad;
  symbol_->weight.mul_(0.5);
  attribute_->weight.mul_(0.2);
  if (o.languages > 0) {
    language_ = owner.register_module("language", torch::nn::Embedding(o.languages, o.channels));
    language_->weight.mul_(0.2);
  }
  if (o.speaker_vector > 0)
    speaker_ = owner.register_module("speaker", torch::nn::Linear(o.speaker_vector, o.channels));
}

Tensor SymbolFeatures::forward(const Condition& c, bool training) {
  const int64_t longest = c.symbols.size(1);
  const Tensor mask = symbol_mask(c);
  // Place in the sentence: declination and final lengthening depend on it.
  const Tensor index = torch::arange(longest, c.symbols.options()).unsqueeze(0).to(torch::kFloat);
  const Tensor length = c.symbol_lengths.unsqueeze(1).to(torch::kFloat);
  const Tensor place = torch::stack({index / length,
                                     torch::exp(-index / 8).expand({c.symbols.size(0), longest}),
                                     torch::exp(-(length - 1 - index).clamp_min(0) / 8)},
                                    2);
  Tensor x = symbol_(c.symbols) + attribute_(c.attributes) + position_(place);
  if (language_) x = x + language_(c.language).unsqueeze(1);
  if (speaker_) x = x + speaker_(c.speakers).mean(1, true);
  x = x * mask;
  x = torch::dropout(x, options_.dropout, training);
  for (const auto& block : *blocks_) x = block->as<ConvNeXtBlock>()->forward(x, mask) * mask;
  return torch::dropout(norm_(x), options_.dropout, training);
}

}  // namespace tts
