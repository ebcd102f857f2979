#include "acoustic/two_stage/semantic_network.h"

#include <algorithm>

namespace tts {
namespace {

constexpr int64_t kExpansion = 4;
constexpr double kFreshToken = 0.5;
constexpr float kLeastAttention = 1e-6f;

// The symbols' positions, then the frames'. centres: [B, N] → [B, 1, N + T]
Tensor positions_of(const Tensor& centres, int64_t frames) {
  const Tensor of_frames =
      (torch::arange(frames, centres.options()) + 0.5).expand({centres.size(0), frames});
  return torch::cat({centres, of_frames}, 1).unsqueeze(1);
}

// The symbol of each frame on the best path through one row. attention: [T, N], contiguous
std::vector<int64_t> best_path(const Tensor& attention) {
  const int64_t frames = attention.size(0), symbols = attention.size(1);
  const Tensor logs = attention.clamp_min(kLeastAttention).log().contiguous();
  const float* score = logs.data_ptr<float>();
  std::vector<float> best(symbols, 0);  // sums of paths that end at or before each symbol
  std::vector<int64_t> from(frames * symbols);
  for (int64_t t = 0; t < frames; ++t) {
    int64_t ends = 0;  // where the best of them ends
    std::vector<float> next(symbols);
    for (int64_t n = 0; n < symbols; ++n) {
      if (best[n] > best[ends]) ends = n;
      from[t * symbols + n] = t == 0 ? n : ends;
      next[n] = (t == 0 ? 0 : best[ends]) + score[t * symbols + n];
    }
    best = next;
  }
  std::vector<int64_t> path(frames);
  int64_t n = std::max_element(best.begin(), best.end()) - best.begin();
  for (int64_t t = frames - 1; t >= 0; n = from[t * symbols + n], --t) path[t] = n;
  return path;
}

}  // namespace

SemanticNetworkImpl::SemanticNetworkImpl(const SemanticNetworkOptions& o)
    : options_(o),
      text_(register_module("text", torch::nn::Linear(o.text, o.channels))),
      known_(register_module("known", torch::nn::Linear(o.known, o.channels))),
      share1_(register_module("share1", torch::nn::Linear(o.text, o.channels))),
      share2_(register_module("share2", torch::nn::Linear(o.channels, 1))),
      token_(register_module("token", torch::nn::Embedding(o.entries + 1, o.channels))),
      no_text_(register_parameter("no_text", torch::zeros({o.channels}))),
      blocks_(register_module("blocks", torch::nn::ModuleList())),
      norm_(
          register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({o.channels})))),
      output_(register_module("output", torch::nn::Linear(o.channels, o.entries))) {
  torch::NoGradGuard no_grad;
  token_->weight.mul_(kFreshToken);
  if (o.speaker_vector > 0)
    speaker_ = register_module("speaker", torch::nn::Linear(o.speaker_vector, o.channels));
  const TransformerOptions block{o.channels, o.heads, kExpansion * o.channels, o.dropout};
  for (int64_t i = 0; i < o.blocks; ++i) blocks_->push_back(TransformerBlock(block));
}

Tensor SemanticNetworkImpl::symbols_of(const Told& told) {
  const Tensor x = text_(told.text);
  if (!told.without_text.defined()) return x;
  return torch::where(told.without_text.view({-1, 1, 1}), no_text_.expand_as(x), x);
}

Tensor SemanticNetworkImpl::centres(const Told& told) {
  const Tensor share =
      torch::softplus(share2_(torch::gelu(share1_(told.text)))).squeeze(2) *
      length_mask(told.symbol_lengths, told.text.size(1)).to(told.text.dtype());  // [B, N]
  const Tensor middles = share.cumsum(1) - share / 2;
  return middles / share.sum(1, true) * told.frame_lengths.unsqueeze(1);
}

Tensor SemanticNetworkImpl::frames_of(const Told& told, const Tensor& tokens) {
  Tensor x = token_(tokens);
  if (told.known.defined()) x = x + known_(told.known);
  if (speaker_) x = x + speaker_(told.speakers).mean(1, true);
  return x;
}

SemanticNetworkImpl::Output SemanticNetworkImpl::forward(const Told& told, const Tensor& tokens) {
  const int64_t symbols = told.text.size(1), frames = tokens.size(1);
  Tensor x = torch::cat({symbols_of(told), frames_of(told, tokens)}, 1);  // [B, N + T, C]
  const Rotations rotations(positions_of(centres(told), frames),
                            options_.channels / options_.heads);
  const Tensor barred = ~torch::cat({length_mask(told.symbol_lengths, symbols),
                                     length_mask(told.frame_lengths, frames)},
                                    1)
                             .unsqueeze(1)
                             .unsqueeze(1);  // [B, 1, 1, N + T]
  Output out;
  for (const auto& block : *blocks_) {
    Tensor weights;  // [B, heads, N + T, N + T]
    x = block->as<TransformerBlock>()->see_all(x, rotations, barred, &weights);
    const Tensor looks = weights.detach().slice(2, symbols).slice(3, 0, symbols).sum(1);
    out.attention = out.attention.defined() ? out.attention + looks : looks;
  }
  out.log_probabilities = torch::log_softmax(output_(norm_(x.slice(1, symbols))), 2);
  return out;
}

Tensor durations_along(const Tensor& attention,
                       const Tensor& frame_lengths,
                       const Tensor& symbol_lengths) {
  const Tensor looks = attention.to(torch::kCPU, torch::kFloat);
  Tensor out = torch::zeros({looks.size(0), looks.size(2)}, torch::kLong);
  for (int64_t b = 0; b < looks.size(0); ++b) {
    const Tensor row = looks[b]
                           .slice(0, 0, frame_lengths[b].item<int64_t>())
                           .slice(1, 0, symbol_lengths[b].item<int64_t>());
    for (const int64_t n : best_path(row)) out[b][n] += 1;
  }
  return out.to(attention.device());
}

}  // namespace tts
