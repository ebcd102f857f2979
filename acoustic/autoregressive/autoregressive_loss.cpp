// What the autoregressive generator learns.
#include <algorithm>

#include "acoustic/autoregressive/autoregressive.h"
#include "acoustic/known_frames.h"

namespace tts {
namespace {

// The network within a frame learns on a quarter of the frames, of small batches on all.
constexpr double kChainShare = 0.25, kChainFrames = 200;

}  // namespace

Losses AutoregressiveGenerator::trunk_loss(const Told& t, const Tensor& codes) {
  const Tensor& told = t.told;
  const Tensor valid = t.mask > 0;
  const auto numbers = told.options();
  const int64_t unknown = table_->unknown();
  // What came before, some of it wrong and some of it hidden, or it would be believed too much.
  const Tensor hidden =
      torch::rand({codes.size(0), codes.size(1), 1}, numbers) < options_.code_mask;
  const Tensor history = trunk_codes(
      with_wrong_codes(codes, options_.code_noise, unknown).masked_fill(hidden | ~valid, unknown),
      unknown);
  const Tensor x = trunk_(at_steps(told, t.mask) + input_(table_->sum(one_step_before(history))));
  const Tensor truth = trunk_codes(codes, 0);
  const Tensor counted =
      trunk_codes(valid.expand_as(codes).to(torch::kLong), 0).to(numbers.dtype());
  const Tensor by_level = entropies(x, truth, counted);  // [L]
  Losses losses = {{"total", (by_level * level_weights(truth.size(2), told)).sum()},
                   {"entropy", by_level.mean().detach()},
                   {"entropy_first", by_level[0].detach()}};
  if (!pointer_) return losses;
  const Tensor counted_leaves = t.mask.squeeze(2) * t.plan.free;
  const Tensor surprise = torch::binary_cross_entropy_with_logits(
      pointer_->leaves(x), t.plan.last, {}, {}, at::Reduction::None);
  const Tensor leaves = (surprise * counted_leaves).sum() / counted_leaves.sum().clamp_min(1);
  losses["total"] = losses["total"] + leaves;
  losses["leaves"] = leaves.detach();
  return losses;
}

Tensor AutoregressiveGenerator::entropies(const Tensor& hidden,
                                          const Tensor& truth,
                                          const Tensor& counted) {
  if (!chain_) {
    const Tensor predicted = table_->predict_first(hidden, truth.size(2));
    const Tensor entropy = -predicted.gather(3, truth.unsqueeze(3)).squeeze(3) * counted;
    return entropy.flatten(0, 1).sum(0) / counted.flatten(0, 1).sum(0).clamp_min(1);
  }
  const double frames = static_cast<double>(truth.size(0) * truth.size(1));
  const double share = std::max(kChainShare, kChainFrames / frames);
  const Tensor chosen = torch::rand(truth.sizes().slice(0, 2), hidden.options()) < share;
  const Tensor rows = (chosen & (counted.select(2, 0) > 0)).flatten().nonzero().squeeze(1);
  const Tensor codes = truth.flatten(0, 1).index_select(0, rows);  // [M, Q]
  const Tensor predicted =
      chain_->predict_all(hidden.flatten(0, 1).index_select(0, rows), codes);  // [Q, M, entries]
  const Tensor entropy = -predicted.gather(2, codes.t().unsqueeze(2)).squeeze(2);
  return entropy.sum(1) / std::max<int64_t>(1, rows.size(0));
}

Losses AutoregressiveGenerator::loss(const Batch& batch) {
  const Told t = told_of(batch.condition);
  Told dropped = t;
  dropped.told = condition_->drop(t.told, t.mask, options_.condition_dropout);
  Losses losses = trunk_loss(dropped, batch.codes);
  if (!refine_) return losses;
  const Tensor& told = t.told;
  const Tensor lengths = batch.condition.durations.sum(1);
  const Tensor given = random_known(lengths, told.size(1), told).squeeze(2) > 0;
  const Tensor condition = condition_->drop(
      told + refine_->given(batch.codes, given), t.mask, options_.condition_dropout);
  const Losses rest = refine_->loss(
      {condition, t.mask, batch.codes}, refine_->draw_levels(told.size(0), told), ~given);
  losses["total"] = losses["total"] + rest.at("total");
  losses["entropy_rest"] = rest.at("entropy");
  return losses;
}

}  // namespace tts
