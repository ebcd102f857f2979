// The autoregressive generator at the pace of its pointer.
#include "acoustic/autoregressive/autoregressive.h"
#include "acoustic/autoregressive/writing.h"

namespace tts {
namespace {

// Steps between two questions whether to go on.
constexpr int64_t kPatience = 5;

Tensor at_frames(const Tensor& features, const Tensor& place) {
  return features.gather(1, place.unsqueeze(2).expand({-1, -1, features.size(2)}));
}

}  // namespace

Tensor AutoregressiveGenerator::told_as_planned(const Condition& condition,
                                                const FrameEncoder::Output& frames) {
  const Tensor told = condition_(frames);
  if (!pointer_) return told;
  const Tensor symbol = frame_to_symbol(condition.durations);
  const Tensor spent = frames_spent(condition.durations, symbol);
  return (told + pointer_->told(spent, condition.durations.gather(1, symbol))) * frames.mask;
}

AutoregressiveGenerator::Told AutoregressiveGenerator::told_of(const Condition& condition) {
  Told out;
  if (!pointer_) {
    const auto frames = frame_encoder_->forward(condition);
    out.told = told_as_planned(condition, frames);
    out.mask = frames.mask;
    return out;
  }
  out.plan = draw_pointer_plan(condition);
  out.mask = out.plan.mask;
  const Tensor planned = condition_(frame_encoder_->forward(out.plan.condition));
  out.told =
      (at_frames(planned, out.plan.place) + pointer_->told(out.plan.spent, out.plan.planned)) *
      out.mask;
  return out;
}

Tensor AutoregressiveGenerator::write_pointing(Writing& w,
                                               const Tensor& planned,
                                               PointerWalk& walk,
                                               const Sampling& sampling,
                                               const std::function<bool()>& go_on) {
  const int64_t rows = planned.size(0);
  int64_t step = 0;
  for (; !walk.done(); ++step) {
    if (step % kPatience == 0 && !go_on()) return {};
    w.told.slice(0, 0, rows)
        .slice(1, step, step + 1)
        .copy_(at_frames(planned, walk.place()) + pointer_->told(walk.spent(), walk.planned()));
    const Tensor hidden = hidden_at(w, step, step + 1);
    w.written.select(1, step).copy_(codes_at(w, step, hidden, sampling));
    walk.advance(torch::sigmoid(pointer_->leaves(hidden.slice(0, 0, rows))));
  }
  return w.written.slice(1, 0, step);
}

Generation AutoregressiveGenerator::generate_pointing(const Condition& condition,
                                                      const Sampling& sampling,
                                                      const FrameSink& sink) {
  const Tensor planned = condition_(frame_encoder_->forward(condition));
  PointerWalk walk(condition.durations, sampling);
  const int64_t rows = planned.size(0), most = walk.most_frames();
  const Tensor everywhere = torch::ones({rows, most, 1}, planned.options());
  const Tensor free =
      torch::full({rows, most, options_.table.codebooks}, kFree, condition.durations.options());
  Writing w = begin({planned.new_zeros({rows, most, planned.size(2)}), everywhere, free}, sampling);
  // A sink that is given nothing can still cancel.
  const Tensor nothing = free.slice(1, 0, 0);
  const Tensor first =
      write_pointing(w, planned, walk, sampling, [&] { return !sink || sink(nothing, 0); });
  Generation out;
  out.frame_lengths = walk.lengths();
  out.durations = walk.durations();
  if (!first.defined()) {
    out.codes = nothing;
    out.stop = StopReason::kCancelled;
    return out;
  }
  const int64_t frames = first.size(1);
  const Tensor mask = length_mask(out.frame_lengths, frames).unsqueeze(2).to(planned.dtype());
  const Tensor told = w.told.slice(0, 0, rows).slice(1, 0, frames) * mask;
  out.codes = first.masked_fill(mask == 0, 0);
  if (refine_) {
    w.rest = cascade({told, mask, free.slice(1, 0, frames)}, condition, sampling);
    w.rest->feed(out.codes);
    out.codes = frames_of(w, 0, frames);
  }
  if (sink && !sink(out.codes, 0)) out.stop = StopReason::kCancelled;
  return out;
}

}  // namespace tts
