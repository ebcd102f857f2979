#include "engine/stacked_conditions.h"

#include <algorithm>

namespace tts {
namespace {

constexpr Tensor Condition::*kParts[] = {&Condition::symbols,
                                         &Condition::attributes,
                                         &Condition::symbol_lengths,
                                         &Condition::optional,
                                         &Condition::language,
                                         &Condition::durations,
                                         &Condition::total_frames,
                                         &Condition::log_f0,
                                         &Condition::voicing,
                                         &Condition::energy,
                                         &Condition::speakers,
                                         &Condition::pitch,
                                         &Condition::known_latents,
                                         &Condition::known_codes,
                                         &Condition::known_mask};
Tensor padded(const Tensor& row, int64_t size) {
  if (row.dim() < 2 || row.size(1) == size) return row;
  std::vector<int64_t> pad(static_cast<size_t>(2 * (row.dim() - 1)), 0);
  pad.back() = size - row.size(1);
  return torch::constant_pad_nd(row, pad, 0);
}

Tensor stacked_rows(const std::vector<Tensor>& rows) {
  int64_t longest = 0;
  for (const auto& row : rows) longest = std::max(longest, row.dim() < 2 ? 0 : row.size(1));
  std::vector<Tensor> all;
  for (const auto& row : rows) all.push_back(padded(row, longest));
  return torch::cat(all);
}

}  // namespace

int64_t frame_count(const Condition& condition) {
  const Tensor& frames =
      condition.durations.defined() ? condition.durations : condition.total_frames;
  return frames.sum().item<int64_t>();
}

bool may_be_stacked(const Condition& a, const Condition& b) {
  for (const auto part : kParts) {
    if ((a.*part).defined() != (b.*part).defined()) return false;
  }
  // A batch has one number of speaker vectors: nothing says where fewer would end.
  return !a.speakers.defined() || a.speakers.sizes() == b.speakers.sizes();
}

Condition stacked(const std::vector<const Condition*>& rows) {
  Condition together;
  for (const auto part : kParts) {
    if (!(rows[0]->*part).defined()) continue;
    std::vector<Tensor> parts;
    for (const Condition* row : rows) parts.push_back(row->*part);
    together.*part = stacked_rows(parts);
  }
  return together;
}

}  // namespace tts
