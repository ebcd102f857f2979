#include "acoustic/autoregressive/pointer.h"

#include <algorithm>
#include <cmath>

#include "core/row_stream.h"

namespace tts {
namespace {

constexpr int64_t kToldWidth = 3;
// How far plans are off in training: deviation of the logarithm of a duration, about that of the
// shipped duration model on sentences it has not seen.
constexpr double kPlanError = 0.3, kExactShare = 0.5;
// The duration models draw from step 0 of a row's numbers.
constexpr uint32_t kBoundStep = 1;

int64_t longest_of(int64_t planned) {
  return static_cast<int64_t>(std::ceil(PointerWalk::kLongest * static_cast<double>(planned))) + 1;
}

// Where a symbol is left, from a uniform number: itself at temperature 1, one half at 0, and
// between 0 and 1 at any.
float bound_of(float uniform, double temperature) {
  return static_cast<float>(1 / (1 + std::pow((1.0 - uniform) / uniform, temperature)));
}

// Contours [B, T] at the planned frames. source: [B, T'] true frame of each
Tensor stretched(const Tensor& contour, const Tensor& source) {
  return contour.defined() ? contour.gather(1, source) : contour;
}

}  // namespace

PointerImpl::PointerImpl(int64_t channels)
    : told_(register_module("told", torch::nn::Linear(kToldWidth, channels))),
      leaves_(register_module("leaves", torch::nn::Linear(channels, 1))) {
  torch::NoGradGuard no_grad;
  told_->weight.zero_();
  told_->bias.zero_();
}

Tensor PointerImpl::told(const Tensor& spent, const Tensor& planned) {
  const Tensor so_far = spent.to(told_->weight.dtype()), all = planned.to(told_->weight.dtype());
  // Beyond the plan, short of its end, and how much of it is used up.
  return told_(torch::stack({torch::log1p((so_far + 1 - all).clamp_min(0)),
                             torch::log1p((all - 1 - so_far).clamp_min(0)),
                             (so_far + 1) / all.clamp_min(1)},
                            2));
}

Tensor PointerImpl::leaves(const Tensor& hidden) {
  return leaves_(hidden).squeeze(2);
}

Tensor frames_spent(const Tensor& durations, const Tensor& symbol) {
  const Tensor starts = durations.cumsum(1) - durations;
  return torch::arange(symbol.size(1), symbol.options()) - starts.gather(1, symbol);
}

PointerPlan draw_pointer_plan(const Condition& c) {
  const auto numbers = torch::TensorOptions().device(c.durations.device());
  PointerPlan out;
  out.free = (torch::rand({c.durations.size(0), 1}, numbers) >= kExactShare).to(torch::kFloat);
  const Tensor error = torch::randn(c.durations.sizes(), numbers) * kPlanError * out.free;
  const Tensor planned =
      torch::where(c.durations > 0,
                   (c.durations * torch::exp(error)).round().to(torch::kLong).clamp_min(1),
                   c.durations);  // [B, N]
  const Tensor starts = c.durations.cumsum(1) - c.durations;
  const Tensor planned_starts = planned.cumsum(1) - planned;

  const Tensor symbol = frame_to_symbol(c.durations);  // [B, T]
  const auto at = [&](const Tensor& of_symbols) { return of_symbols.gather(1, symbol); };
  const int64_t frames = symbol.size(1);
  out.spent = frames_spent(c.durations, symbol);
  out.planned = at(planned);
  const Tensor planned_symbol = frame_to_symbol(planned);  // [B, T']
  const int64_t planned_frames = planned_symbol.size(1);
  out.place = (at(planned_starts) + torch::minimum(out.spent, out.planned - 1))
                  .clamp(0, planned_frames - 1);
  out.last = (out.spent == at(c.durations) - 1).to(torch::kFloat);
  out.mask = length_mask(c.durations.sum(1), frames).unsqueeze(2).to(torch::kFloat);

  const auto in_plan = [&](const Tensor& of_symbols) {
    return of_symbols.gather(1, planned_symbol);
  };
  const Tensor since = frames_spent(planned, planned_symbol);
  const Tensor share = (since.to(torch::kFloat) + 0.5) / in_plan(planned).clamp_min(1);
  const Tensor source = (in_plan(starts) + (share * in_plan(c.durations)).floor().to(torch::kLong))
                            .clamp(0, frames - 1);
  out.condition = c;
  out.condition.durations = planned;
  out.condition.log_f0 = stretched(c.log_f0, source);
  out.condition.voicing = stretched(c.voicing, source);
  out.condition.energy = stretched(c.energy, source);
  return out;
}

void PointerWalk::Row::enter() {
  while (!done() && planned[symbol] == 0) ++symbol;
  stays = 1;
}

PointerWalk::PointerWalk(const Tensor& durations, const Sampling& sampling)
    : device_(durations.device()) {
  const Tensor planned = durations.to(torch::kCPU).contiguous();
  const int64_t symbols = planned.size(1);
  for (int64_t b = 0; b < planned.size(0); ++b) {
    Row row;
    const int64_t* first = planned[b].data_ptr<int64_t>();
    row.planned.assign(first, first + symbols);
    row.written.assign(row.planned.size(), 0);
    row.bounds.resize(row.planned.size());
    row_stream(sampling, b)
        .uniform(RandomPurpose::kDuration, kBoundStep, 0, row.bounds.data(), row.bounds.size());
    for (float& bound : row.bounds) bound = bound_of(bound, sampling.pointer_temperature);
    int64_t most = 0;
    for (const int64_t frames : row.planned) most += frames == 0 ? 0 : longest_of(frames);
    most_frames_ = std::max(most_frames_, most);
    row.enter();
    rows_.push_back(std::move(row));
  }
}

bool PointerWalk::done() const {
  return std::all_of(rows_.begin(), rows_.end(), [](const Row& row) { return row.done(); });
}

template <typename Value>
Tensor PointerWalk::of_rows(Value value) const {
  std::vector<int64_t> values;
  for (const Row& row : rows_) values.push_back(value(row));
  return torch::tensor(values, torch::kLong).unsqueeze(1).to(device_);
}

Tensor PointerWalk::place() const {
  return of_rows([](const Row& row) {
    if (row.done()) return std::max<int64_t>(0, row.start - 1);
    return row.start + std::min(row.written[row.symbol], row.planned[row.symbol] - 1);
  });
}

Tensor PointerWalk::spent() const {
  return of_rows([](const Row& row) { return row.done() ? int64_t{0} : row.written[row.symbol]; });
}

Tensor PointerWalk::planned() const {
  return of_rows([](const Row& row) { return row.done() ? int64_t{1} : row.planned[row.symbol]; });
}

void PointerWalk::advance(const Tensor& leaves) {
  const Tensor probability = leaves.to(torch::kCPU, torch::kFloat).contiguous();
  for (size_t b = 0; b < rows_.size(); ++b) {
    Row& row = rows_[b];
    if (row.done()) continue;
    const int64_t frames = ++row.written[row.symbol], planned = row.planned[row.symbol];
    row.stays *= 1 - static_cast<double>(probability.data_ptr<float>()[b]);
    if (row.stays >= row.bounds[row.symbol] && frames < longest_of(planned)) continue;
    row.start += planned;
    ++row.symbol;
    row.enter();
  }
}

Tensor PointerWalk::durations() const {
  std::vector<Tensor> rows;
  for (const Row& row : rows_) rows.push_back(torch::tensor(row.written, torch::kLong));
  return torch::stack(rows).to(device_);
}

Tensor PointerWalk::lengths() const {
  return durations().sum(1);
}

}  // namespace tts
