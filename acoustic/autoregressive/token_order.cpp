#include "acoustic/autoregressive/token_order.h"

#include <algorithm>

#include "core/error.h"

namespace tts {
namespace {

class DelayOrder : public TokenOrder {
 public:
  const char* name() const override { return "delay"; }

  Tensor interleave(const Tensor& codes, int64_t absent) const override {
    const int64_t levels = codes.size(2);
    std::vector<Tensor> columns;
    for (int64_t q = 0; q < levels; ++q)
      columns.push_back(torch::constant_pad_nd(codes.select(2, q), {q, levels - 1 - q}, absent));
    return torch::stack(columns, 2);
  }

  Tensor restore(const Tensor& steps) const override {
    const int64_t levels = steps.size(2), frames = steps.size(1) - levels + 1;
    std::vector<Tensor> columns;
    for (int64_t q = 0; q < levels; ++q)
      columns.push_back(steps.select(2, q).slice(1, q, q + frames));
    return torch::stack(columns, 2);
  }

  int64_t trunk_steps(int64_t frames, int64_t levels) const override { return frames + levels - 1; }
  int64_t trunk_levels(int64_t levels) const override { return levels; }
  int64_t whole_frames(int64_t steps, int64_t levels) const override {
    return std::max<int64_t>(0, steps - levels + 1);
  }
};

// Steps 0 … T - 1 hold the first level, steps T … 2T - 1 the others.
class CoarseFirstOrder : public TokenOrder {
 public:
  const char* name() const override { return "coarse_first"; }

  Tensor interleave(const Tensor& codes, int64_t absent) const override {
    const Tensor first = codes.slice(2, 0, 1), others = codes.slice(2, 1);
    return torch::cat({torch::cat({first, torch::full_like(first, absent)}, 1),
                       torch::cat({torch::full_like(others, absent), others}, 1)},
                      2);
  }

  Tensor restore(const Tensor& steps) const override {
    const int64_t frames = steps.size(1) / 2;
    return torch::cat(
        {steps.slice(2, 0, 1).slice(1, 0, frames), steps.slice(2, 1).slice(1, frames)}, 2);
  }

  int64_t trunk_steps(int64_t frames, int64_t) const override { return frames; }
  int64_t trunk_levels(int64_t) const override { return 1; }
  int64_t whole_frames(int64_t steps, int64_t levels) const override {
    return levels == 1 ? steps : 0;
  }
};

const std::vector<const TokenOrder*>& orders() {
  static const CoarseFirstOrder coarse_first;
  static const DelayOrder delay;
  static const std::vector<const TokenOrder*> table = {&coarse_first, &delay};
  return table;
}

}  // namespace

const TokenOrder& token_order(const std::string& name) {
  for (const auto* order : orders()) {
    if (name == order->name()) return *order;
  }
  fail(ErrorCode::kInternal, "unknown token order \"", name, "\"");
}

std::vector<std::string> token_order_names() {
  std::vector<std::string> names;
  for (const auto* order : orders()) names.push_back(order->name());
  return names;
}

}  // namespace tts
