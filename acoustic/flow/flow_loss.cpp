// What flow matching learns from, with and without shortcuts.
#include <cmath>

#include "acoustic/flow/flow.h"
#include "acoustic/known_frames.h"
#include "nn/blocks.h"

namespace tts {
namespace {

// Of the rows, those that learn shortcuts; and the longest and shortest of them, as powers of 1/2.
constexpr double kShortcutShare = 0.25;
constexpr int64_t kShortestShortcut = 3;

// Shorter than all shortcuts: as good as no length.
const double kInstant = std::exp2(-kShortestShortcut - 1);

Tensor rows_of(const Tensor& x, const Tensor& index) {
  return x.defined() ? x.index_select(0, index) : x;
}

Tensor per_row(const Tensor& x) {
  return x.view({-1, 1, 1});
}

}  // namespace

Tensor FlowGenerator::Lesson::x() const {
  const Tensor t = per_row(at.time);
  return x0 * (1 - t) + x1 * t;
}

FlowGenerator::Lesson FlowGenerator::Lesson::rows(const Tensor& index) const {
  return {rows_of(x0, index),
          rows_of(x1, index),
          {rows_of(at.time, index), rows_of(at.step, index), rows_of(at.guidance, index)},
          {rows_of(told.features, index), rows_of(told.speaker, index)},
          rows_of(mask, index)};
}

void FlowGenerator::draw_steps(const Tensor& heard, Lesson& lesson) const {
  Place& at = lesson.at;
  const Tensor far = torch::rand_like(at.time) < kShortcutShare;
  const Tensor length =
      torch::exp2(-torch::randint(0, kShortestShortcut + 1, at.time.sizes(), at.time.options()));
  // A shortcut begins at a multiple of its length.
  const Tensor begin = torch::floor(torch::rand_like(length) / length) * length;
  at.step = torch::where(far, length, torch::zeros_like(length));
  at.time = torch::where(far, begin, at.time);
  at.guidance = 1 + (kMostGuidance - 1) * torch::rand_like(length) * heard.view({-1});
}

Tensor FlowGenerator::guided_path(const Lesson& lesson) {
  const Place& at = lesson.at;
  const Told nothing = {no_condition_.expand_as(lesson.told.features), {}};
  const Place unguided = {at.time, at.step, torch::ones_like(at.guidance)};
  const Tensor untold = velocity(lesson.x(), unguided, nothing, lesson.mask);
  return untold + (lesson.x1 - lesson.x0 - untold) * per_row(at.guidance);
}

Tensor FlowGenerator::two_half_steps(const Lesson& lesson) {
  const Place& at = lesson.at;
  const Tensor half = at.step / 2;
  const Tensor told = torch::where(half > kInstant, half, torch::zeros_like(half));
  const Tensor x = lesson.x();
  const Tensor first = velocity(x, {at.time, told, at.guidance}, lesson.told, lesson.mask);
  const Tensor between = x + first * per_row(half);
  return (first +
          velocity(between, {at.time + half, told, at.guidance}, lesson.told, lesson.mask)) /
         2;
}

Tensor FlowGenerator::wanted_velocity(const Lesson& lesson) {
  if (!options_.shortcut) return lesson.x1 - lesson.x0;
  const torch::NoGradGuard no_grad;
  const bool training = is_training();
  blocks_->eval();
  Tensor wanted = torch::empty_like(lesson.x1);
  const Tensor instant = (lesson.at.step == 0).nonzero().squeeze(1);
  const Tensor far = (lesson.at.step > 0).nonzero().squeeze(1);
  if (instant.numel() > 0) wanted.index_copy_(0, instant, guided_path(lesson.rows(instant)));
  if (far.numel() > 0) wanted.index_copy_(0, far, two_half_steps(lesson.rows(far)));
  blocks_->train(training);
  return wanted;
}

Losses FlowGenerator::loss(const Batch& batch) {
  Context c = context(batch.condition);
  Lesson lesson;
  lesson.mask = c.mask;
  lesson.x1 = to_path(batch.latents).detach();
  const auto options = lesson.x1.options();
  const int64_t rows = lesson.x1.size(0);
  // Logit-normal times: the middle of the path is the hard part (Esser et al. 2024).
  lesson.at.time = torch::sigmoid(torch::randn({rows}, options));
  lesson.x0 = torch::randn_like(lesson.x1);
  const Tensor heard =
      (torch::rand({rows, 1, 1}, options) >= options_.condition_dropout).to(lesson.x1.dtype());
  Tensor features = c.features, wanted = c.mask;
  if (known_) {
    const Tensor known = random_known(c.lengths, lesson.x1.size(1), lesson.x1);
    features = features + told_frames(lesson.x1, known);
    wanted = wanted * (1 - known);
  }
  lesson.told = {features * heard + no_condition_ * (1 - heard),
                 c.speaker.defined() ? c.speaker * heard : c.speaker};
  if (options_.shortcut) draw_steps(heard, lesson);
  const Tensor predicted = velocity(lesson.x(), lesson.at, lesson.told, c.mask);
  const Tensor flow = masked_mean((predicted - wanted_velocity(lesson)).square(), wanted);
  const Tensor mean = masked_mean((c.mean - lesson.x1).square(), c.mask);
  Losses losses = {{"total", flow + mean}, {"flow", flow.detach()}, {"mean", mean.detach()}};
  if (bottleneck_) {
    const Tensor back = from_path(to_path(batch.latents));
    const Tensor rest = masked_mean((back - batch.latents).square(), c.mask);
    losses["total"] = losses["total"] + rest;
    losses["rest"] = rest.detach();
  }
  return losses;
}

}  // namespace tts
