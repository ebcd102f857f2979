#include "duration/phoneme/phoneme.h"

namespace tts {

PhonemeDurationOptions PhonemeDurationOptions::from(Config& c) {
  PhonemeDurationOptions o;
  o.symbols = c.integer("symbols", 1, 100000);
  o.channels = c.integer("channels", 4, 4096);
  o.blocks = c.integer("blocks", 0, 64);
  o.dropout = c.number("dropout", 0, 0.9);
  o.duration_scale = c.number("duration_scale", 0.25, 4);
  o.pause_scale = c.number("pause_scale", 0.1, 10);
  o.duration_contrast = c.number("duration_contrast", 0, 4);
  o.pitch_contrast = c.number("pitch_contrast", 0, 4);
  o.energy_contrast = c.number("energy_contrast", 0, 4);
  if (c.has("languages")) o.languages = c.integer("languages", 0, 1000);
  if (c.has("speaker_vector")) o.speaker_vector = c.integer("speaker_vector", 0, 4096);
  return o;
}

nlohmann::json PhonemeDuration::to_json() const {
  const auto& o = options_;
  return {{"type", "phoneme"},
          {"symbols", o.symbols},
          {"channels", o.channels},
          {"blocks", o.blocks},
          {"dropout", o.dropout},
          {"duration_scale", o.duration_scale},
          {"pause_scale", o.pause_scale},
          {"duration_contrast", o.duration_contrast},
          {"pitch_contrast", o.pitch_contrast},
          {"energy_contrast", o.energy_contrast},
          {"languages", o.languages},
          {"speaker_vector", o.speaker_vector}};
}

PhonemeDuration::PhonemeDuration(const PhonemeDurationOptions& o)
    : options_(o),
      symbol_(register_module("symbol", torch::nn::Embedding(o.symbols, o.channels))),
      attribute_(register_module("attribute", torch::nn::Embedding(12, o.channels))),
      position_(register_module("position", torch::nn::Linear(3, o.channels))),
      blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(
          register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))),
      output_(register_module("output", torch::nn::Linear(o.channels, 4))),
      usual_log_duration_(register_buffer("usual_log_duration", torch::ones({o.symbols}))) {
  ConvNeXtOptions block{o.channels, 3 * o.channels};
  block.dropout = o.dropout;
  for (int64_t i = 0; i < o.blocks; ++i) blocks_->push_back(ConvNeXtBlock(block));
  torch::NoGradGuard no_grad;
  symbol_->weight.mul_(0.5);
  attribute_->weight.mul_(0.2);
  if (o.languages > 0) {
    language_ = register_module("language", torch::nn::Embedding(o.languages, o.channels));
    language_->weight.mul_(0.2);
  }
  if (o.speaker_vector > 0)
    speaker_ = register_module("speaker", torch::nn::Linear(o.speaker_vector, o.channels));
}

Tensor PhonemeDuration::network(const Condition& c) {
  const int64_t longest = c.symbols.size(1);
  const Tensor mask = length_mask(c.symbol_lengths, longest).unsqueeze(2).to(torch::kFloat);
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
  x = torch::dropout(x, options_.dropout, is_training());
  for (const auto& block : *blocks_) x = block->as<ConvNeXtBlock>()->forward(x, mask) * mask;
  return output_(torch::dropout(norm_(x), options_.dropout, is_training()));
}

Prosody PhonemeDuration::predict(const Condition& c, const Sampling&) {
  torch::NoGradGuard no_grad;
  const Tensor raw = network(c);
  const Tensor mask = length_mask(c.symbol_lengths, c.symbols.size(1)).to(torch::kFloat);
  Prosody out;
  const Tensor usual = usual_log_duration_.index_select(0, c.symbols.flatten()).view_as(c.symbols);
  const Tensor log_duration = usual + (raw.select(2, 0) - usual) * options_.duration_contrast;
  Tensor scale = torch::full_like(mask, options_.duration_scale);
  if (c.optional.defined()) scale = scale.masked_fill(c.optional, options_.pause_scale);
  out.durations = (torch::exp(log_duration) - 0.5).clamp_min(0) * scale * mask;
  out.voicing = torch::sigmoid(raw.select(2, 2)) * mask;
  // Contrast about the utterance's own centre, weighted by voiced time.
  const Tensor weight = out.voicing * out.durations + 1e-6;
  const Tensor f0 = raw.select(2, 1);
  const Tensor centre = (f0 * weight).sum(1, true) / weight.sum(1, true);
  const Tensor stretched = centre + (f0 - centre) * options_.pitch_contrast;
  out.log_f0 = stretched * c.pitch.select(1, 1).unsqueeze(1) + c.pitch.select(1, 0).unsqueeze(1);
  const Tensor energy = raw.select(2, 3);
  const Tensor middle = (energy * mask).sum(1, true) / mask.sum(1, true);
  out.energy = middle + (energy - middle) * options_.energy_contrast;
  return out;
}

Losses PhonemeDuration::loss(const Batch& batch) {
  const Tensor raw = network(batch.condition);
  const Tensor mask = length_mask(batch.condition.symbol_lengths, batch.condition.symbols.size(1))
                          .to(torch::kFloat);
  const Tensor log_duration = torch::log(batch.prosody.durations + 0.5);
  if (is_training()) {
    torch::NoGradGuard no_grad;
    const Tensor valid = mask.flatten() > 0;
    const Tensor ids = batch.condition.symbols.flatten().masked_select(valid);
    const Tensor values = log_duration.flatten().masked_select(valid);
    const Tensor count = torch::bincount(ids, {}, options_.symbols).to(torch::kFloat);
    const Tensor sums = torch::bincount(ids, values, options_.symbols).to(torch::kFloat);
    const Tensor keep = 1 - 0.01 * count.clamp_max(10);
    usual_log_duration_.copy_(usual_log_duration_ * keep +
                              (sums / count.clamp_min(1)) * (1 - keep));
  }
  const auto mean = [&](const Tensor& values, const Tensor& weight) {
    return (values * weight).sum() / weight.sum().clamp_min(1);
  };
  const Tensor duration =
      mean(torch::smooth_l1_loss(raw.select(2, 0), log_duration, at::Reduction::None), mask);
  const Tensor& pitch = batch.condition.pitch;
  const Tensor target_f0 =
      (batch.prosody.log_f0 - pitch.select(1, 0).unsqueeze(1)) / pitch.select(1, 1).unsqueeze(1);
  const Tensor f0 = mean((raw.select(2, 1) - target_f0).square(), mask * batch.prosody.voicing);
  const Tensor voicing =
      mean(torch::binary_cross_entropy_with_logits(
               raw.select(2, 2), batch.prosody.voicing, {}, {}, at::Reduction::None),
           mask);
  const Tensor present = mask * (batch.prosody.durations > 0).to(torch::kFloat);
  const Tensor energy = mean((raw.select(2, 3) - batch.prosody.energy).square(), present);
  return {{"total", duration * 2 + 0.5 * f0 + 0.5 * voicing + 0.5 * energy},
          {"duration", duration.detach()},
          {"f0", f0.detach()},
          {"voicing", voicing.detach()},
          {"energy", energy.detach()}};
}

}  // namespace tts
