#include "acoustic/hybrid/hybrid.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/join.h"

namespace tts {
namespace {

constexpr double kFramesPerSecond = 50;

// Frames at the beginning that are known in every row.
int64_t known_at_first(const Condition& c) {
  if (!c.known_mask.defined()) return 0;
  const Tensor open = (~c.known_mask).any(0).to(torch::kLong).cumsum(0);  // [T]
  return (open == 0).sum().item<int64_t>();
}

// The condition with `begun`, [B, t, Q] codes, known at its beginning.
Condition going_on(const Condition& condition, const Tensor& begun, int64_t frames) {
  Condition out = condition;
  const int64_t count = begun.size(1);
  out.known_codes = condition.known_codes.defined()
                        ? condition.known_codes.clone()
                        : torch::zeros({begun.size(0), frames, begun.size(2)}, begun.options());
  out.known_mask = condition.known_mask.defined()
                       ? condition.known_mask.clone()
                       : torch::zeros({begun.size(0), frames}, begun.options().dtype(torch::kBool));
  out.known_codes.slice(1, 0, count).copy_(begun);
  out.known_mask.slice(1, 0, count).fill_(true);
  return out;
}

}  // namespace

HybridGenerator::HybridGenerator(std::shared_ptr<Generator> first, std::shared_ptr<Generator> rest)
    : first_(register_module("first", std::move(first))),
      rest_(register_module("rest", std::move(rest))) {}

Generation HybridGenerator::generate(const Condition& condition,
                                     const Sampling& sampling,
                                     const FrameSink& sink) {
  const int64_t frames = condition.log_f0.size(1);
  const int64_t wanted = std::min<int64_t>(
      frames, known_at_first(condition) + std::llround(kFramesPerSecond * sampling.first_seconds));
  std::vector<Tensor> begun;
  int64_t count = 0;
  bool cancelled = false;
  const auto keep = [&](const Tensor& codes, int64_t at) {
    begun.push_back(codes.slice(1, 0, wanted - at).clone());
    count = at + begun.back().size(1);
    cancelled = sink && !sink(begun.back(), at);
    return !cancelled && count < wanted;
  };
  Generation out;
  if (wanted > 0) out = first_->generate(condition, sampling, keep);
  // The rest is long in coming.
  if (!cancelled && sink && count > 0 && count < frames)
    cancelled = !sink(begun.back().slice(1, 0, 0), count);
  if (cancelled || count >= frames) {
    out.stop = cancelled ? StopReason::kCancelled : StopReason::kComplete;
    return out;
  }
  const auto hand_on = [&](const Tensor& codes, int64_t at) {
    const int64_t skipped = std::clamp<int64_t>(count - at, 0, codes.size(1));
    return skipped == codes.size(1) || sink(codes.slice(1, skipped), at + skipped);
  };
  return rest_->generate(count > 0 ? going_on(condition, torch::cat(begun, 1), frames) : condition,
                         sampling,
                         sink ? FrameSink(hand_on) : FrameSink());
}

Losses HybridGenerator::loss(const Batch&) {
  fail(ErrorCode::kInternal, "a hybrid is not trained: its members are");
}

std::vector<std::string> HybridGenerator::options() const {
  std::vector<std::string> out = rest_->options();
  for (const auto& name : first_->options()) {
    // The rest goes on at the durations that were given.
    if (name.rfind("pointer", 0) == 0) continue;
    if (!contains(out, name)) out.push_back(name);
  }
  out.push_back("first-seconds");
  return out;
}

}  // namespace tts
