#include "acoustic/frame_encoder.h"

namespace tts {
namespace {

constexpr int64_t kPositionWidth = 7, kProsodyWidth = 3;
// Natural logarithm of the F0 around which voices vary.
constexpr double kLogF0Centre = 5.2, kLogF0Scale = 0.4;
// Brings the numbers of a vector of unit length to about unit size.
constexpr double kVectorScale = 10;

}  // namespace

FrameEncoderOptions FrameEncoderOptions::from(Config c) {
  FrameEncoderOptions o;
  o.symbols = c.integer("symbols", 1, 100000);
  o.channels = c.integer("channels", 4, 4096);
  o.text_blocks = c.integer("text_blocks", 0, 64);
  o.frame_blocks = c.integer("frame_blocks", 0, 64);
  o.dropout = c.number("dropout", 0, 0.9);
  o.symbol_dropout = c.number("symbol_dropout", 0, 0.9);
  if (c.has("languages")) o.languages = c.integer("languages", 0, 1000);
  if (c.has("speaker_vector")) o.speaker_vector = c.integer("speaker_vector", 0, 4096);
  if (c.has("speaker_width")) o.speaker_width = c.integer("speaker_width", 0, 4096);
  c.finish();
  return o;
}

nlohmann::json FrameEncoderOptions::to_json() const {
  nlohmann::json json = {{"symbols", symbols},
                         {"channels", channels},
                         {"text_blocks", text_blocks},
                         {"frame_blocks", frame_blocks},
                         {"dropout", dropout},
                         {"symbol_dropout", symbol_dropout},
                         {"languages", languages},
                         {"speaker_vector", speaker_vector}};
  if (speaker_width > 0) json["speaker_width"] = speaker_width;
  return json;
}

Tensor frame_to_symbol(const Tensor& durations) {
  const Tensor ends = durations.cumsum(1);  // [B, N]
  const int64_t longest = ends.select(1, ends.size(1) - 1).max().item<int64_t>();
  const Tensor frames =
      torch::arange(longest, ends.options()).unsqueeze(0).expand({ends.size(0), longest});
  // The symbol of frame t is the first whose end lies beyond t.
  return torch::searchsorted(ends.contiguous(), frames.contiguous(), false, true)
      .clamp_max(ends.size(1) - 1);
}

FrameEncoder::FrameEncoder(const FrameEncoderOptions& o)
    : options_(o),
      symbol_(register_module("symbol", torch::nn::Embedding(o.symbols, o.channels))),
      attribute_(register_module("attribute", torch::nn::Embedding(12, o.channels))),
      text_blocks_(register_module("text_blocks", torch::nn::ModuleList())),
      position_(register_module("position", torch::nn::Linear(kPositionWidth, o.channels))),
      prosody_(register_module("prosody", torch::nn::Linear(kProsodyWidth, o.channels))),
      frame_blocks_(register_module("frame_blocks", torch::nn::ModuleList())) {
  torch::NoGradGuard no_grad;
  symbol_->weight.mul_(0.5);
  attribute_->weight.mul_(0.2);
  if (o.languages > 0) {
    language_ = register_module("language", torch::nn::Embedding(o.languages, o.channels));
    language_->weight.mul_(0.2);
  }
  if (o.speaker_vector > 0)
    speaker_ = register_module("speaker", torch::nn::Linear(o.speaker_vector, o.channels));
  if (o.speaker_vector > 0 && o.speaker_width > 0) {
    speaker_norm_ =
        register_module("speaker_norm", torch::nn::Linear(o.speaker_vector, o.speaker_width));
  }
  ConvNeXtOptions block{o.channels, 3 * o.channels};
  block.dropout = o.dropout;
  for (int64_t i = 0; i < o.text_blocks; ++i) text_blocks_->push_back(ConvNeXtBlock(block));
  for (int64_t i = 0; i < o.frame_blocks; ++i)
    frame_blocks_->push_back(ConvNeXtBlock(block_options(o.dropout)));
}

ConvNeXtOptions FrameEncoder::block_options(double dropout) const {
  ConvNeXtOptions block{options_.channels, 3 * options_.channels};
  block.dropout = dropout;
  if (speaker_norm_) block.condition = options_.speaker_width;
  return block;
}

Tensor FrameEncoder::encode_text(const Condition& c) {
  const Tensor mask =
      length_mask(c.symbol_lengths, c.symbols.size(1)).unsqueeze(2).to(torch::kFloat);
  Tensor symbols = symbol_(c.symbols);  // [B, N, C]
  if (is_training() && options_.symbol_dropout > 0) {
    const Tensor kept = torch::rand_like(mask) >= options_.symbol_dropout;
    symbols = symbols * kept.to(symbols.dtype());
  }
  symbols = symbols + attribute_(c.attributes);
  if (language_) symbols = symbols + language_(c.language).unsqueeze(1);
  Tensor x = symbols * mask;
  for (const auto& block : *text_blocks_) x = block->as<ConvNeXtBlock>()->forward(x, mask) * mask;
  return x;
}

// What the frames of each symbol are told beside it: where they stand in it, F0, voicing and
// energy. text: [B, N, C], index: [B, T] → [B, T, C]
Tensor FrameEncoder::with_conditions(const Tensor& text, const Tensor& index, const Condition& c) {
  const Tensor x = text.gather(1, index.unsqueeze(2).expand({-1, -1, text.size(2)}));
  // Fraction of the symbol, distance from its start and to its end, and its length.
  const Tensor duration = c.durations.gather(1, index).to(torch::kFloat);  // [B, T]
  const Tensor start = (c.durations.cumsum(1) - c.durations).gather(1, index);
  const Tensor since = (torch::arange(index.size(1), index.options()) - start).to(torch::kFloat);
  const Tensor left = (duration - 1 - since).clamp_min(0);  // beyond the end: padding
  const Tensor fraction = (since + 0.5) / duration.clamp_min(1);
  const Tensor position = torch::stack({fraction,
                                        torch::cos(fraction * M_PI),
                                        torch::sin(fraction * M_PI),
                                        torch::exp(-since),
                                        torch::exp(-left),
                                        torch::log1p(duration) - 1.5,
                                        torch::log1p(since) - 1},
                                       2);
  const Tensor placed = x + position_(position);
  if (!c.log_f0.defined()) return placed;
  return placed + prosody_(torch::stack(
                      {(c.log_f0 - kLogF0Centre) / kLogF0Scale, c.voicing * 2 - 1, c.energy}, 2));
}

FrameEncoder::Output FrameEncoder::forward(const Condition& c) {
  const Tensor text = encode_text(c);                 // [B, N, C]
  const Tensor index = frame_to_symbol(c.durations);  // [B, T]
  Output out;
  out.lengths = c.durations.sum(1);
  out.mask = length_mask(out.lengths, index.size(1)).unsqueeze(2).to(torch::kFloat);
  Tensor x = with_conditions(text, index, c);
  if (speaker_) {
    const Tensor vector = c.speakers.mean(1, true);  // [B, 1, V]
    x = x + speaker_(vector);
    if (speaker_norm_) out.speaker = torch::silu(speaker_norm_(vector * kVectorScale));
  }
  x = x * out.mask;
  for (const auto& block : *frame_blocks_)
    x = block->as<ConvNeXtBlock>()->forward(x, out.mask, out.speaker) * out.mask;
  out.features = x;
  return out;
}

}  // namespace tts
