#include "acoustic/tokens/level_cascade.h"

#include <algorithm>

#include "acoustic/tokens/token_sampling.h"

namespace tts {
namespace {

// Beyond the draws of the trunk's steps.
constexpr uint32_t kFirstDraw = 1u << 24;

}  // namespace

LevelCascade::LevelCascade(LevelNetworkImpl& network,
                           LevelNetworkImpl::Frames frames,
                           Tensor untold,
                           const Sampling& sampling)
    : network_(network),
      frames_(std::move(frames)),
      known_(frames_.codes),
      untold_(std::move(untold)),
      sampling_(sampling),
      ready_(1 + frames_.codes.size(2) - network.options().first_level, 0) {
  frames_.codes = known_.clone();
}

void LevelCascade::feed(const Tensor& below) {
  const int64_t first = network_.options().first_level, all = frames_.codes.size(1);
  const int64_t behind = fed() + below.size(1);
  const Tensor known = known_.slice(2, 0, first).slice(1, fed(), behind);
  frames_.codes.slice(2, 0, first)
      .slice(1, fed(), behind)
      .copy_(torch::where(known == network_.table().unknown(), below, known));
  ready_.front() = behind;
  for (size_t i = 1; i < ready_.size(); ++i) {
    const int64_t level = first + static_cast<int64_t>(i) - 1;
    const int64_t end =
        ready_[i - 1] == all ? all : std::max(ready_[i], ready_[i - 1] - network_.reach(level));
    if (end > ready_[i]) write(level, ready_[i], end);
    ready_[i] = end;
  }
}

// Frames begin … end - 1 of a level, from all that the network sees of them.
void LevelCascade::write(int64_t level, int64_t begin, int64_t end) {
  const int64_t reach = network_.reach(level), unknown = network_.table().unknown();
  const int64_t left = std::max<int64_t>(0, begin - reach);
  const int64_t right = std::min(frames_.codes.size(1), end + reach);
  const auto seen = [&](const Tensor& x) { return x.slice(1, left, right); };
  const LevelNetworkImpl::Frames frames{
      seen(frames_.told), seen(frames_.mask), seen(frames_.codes)};
  const Tensor told =
      network_
          .predict_guided(
              frames, seen(untold_), seen(known_.select(2, level)), level, sampling_.guidance)
          .slice(1, begin - left, end - left);
  const auto draw = kFirstDraw + static_cast<uint32_t>(level);
  const Tensor drawn =
      draw_codes(told, {temperature_of(sampling_, level)}, sampling_, {draw, begin}).codes;
  const Tensor known = known_.select(2, level).slice(1, begin, end);
  const Tensor beyond = frames_.mask.squeeze(2).slice(1, begin, end) == 0;
  frames_.codes.select(2, level)
      .slice(1, begin, end)
      .copy_(torch::where(known == unknown, drawn, known).masked_fill(beyond, 0));
}

}  // namespace tts
