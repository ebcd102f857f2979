#include "duration/prosody.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace tts {

std::vector<int64_t> round_lengths(const std::vector<double>& lengths,
                                   const std::vector<bool>& optional) {
  std::vector<int64_t> out(lengths.size(), 0);
  double sum = 0;
  int64_t edge = 0;
  for (size_t i = 0; i < lengths.size(); ++i) {
    const double length = std::max(0.0, lengths[i]);
    // A pause of one frame is a glitch, not a pause.
    if (optional[i] && length < 1.5) continue;
    sum += length;
    // What may not be left out has a frame, which the symbols after it pay for.
    const auto next =
        std::max(edge + (optional[i] ? 0 : 1), static_cast<int64_t>(std::floor(sum + 0.5)));
    out[i] = next - edge;
    edge = next;
  }
  if (edge == 0 && !out.empty()) out[0] = 1;
  return out;
}

Tensor round_durations(const Tensor& durations,
                       const Tensor& lengths,
                       const Tensor& optional,
                       double speed_ratio) {
  const Tensor d = durations.to(torch::kCPU, torch::kDouble).contiguous() / speed_ratio;
  const Tensor n = lengths.to(torch::kCPU), skip = optional.to(torch::kCPU).contiguous();
  Tensor out = torch::zeros({d.size(0), d.size(1)}, torch::kLong);
  for (int64_t b = 0; b < d.size(0); ++b) {
    const int64_t count = n[b].item<int64_t>();
    const double* row = d[b].data_ptr<double>();
    const bool* row_skip = skip[b].data_ptr<bool>();
    const auto rounded = round_lengths(std::vector<double>(row, row + count),
                                       std::vector<bool>(row_skip, row_skip + count));
    std::copy(rounded.begin(), rounded.end(), out[b].data_ptr<int64_t>());
  }
  return out.to(durations.device());
}

namespace {

// Straight lines through (centre of symbol i, value i), flat beyond the first and last symbol that
// has frames. values, durations: [N] on the CPU → [T]
std::vector<float> contour(const float* values, const int64_t* durations, int64_t n) {
  std::vector<float> out;
  std::vector<std::pair<double, float>> points;
  double edge = 0;
  for (int64_t i = 0; i < n; ++i) {
    if (durations[i] > 0) points.emplace_back(edge + durations[i] / 2.0, values[i]);
    edge += durations[i];
  }
  size_t next = 0;
  for (int64_t t = 0; t < static_cast<int64_t>(edge); ++t) {
    const double at = t + 0.5;
    while (next < points.size() && points[next].first < at) ++next;
    if (next == 0) {
      out.push_back(points.front().second);
    } else if (next == points.size()) {
      out.push_back(points.back().second);
    } else {
      const auto& [x0, y0] = points[next - 1];
      const auto& [x1, y1] = points[next];
      out.push_back(y0 + (y1 - y0) * static_cast<float>((at - x0) / (x1 - x0)));
    }
  }
  return out;
}

Tensor expand(const Tensor& values, const Tensor& durations, int64_t frames) {
  const Tensor v = values.to(torch::kCPU, torch::kFloat).contiguous(),
               d = durations.to(torch::kCPU).contiguous();
  Tensor out = torch::zeros({v.size(0), frames});
  for (int64_t b = 0; b < v.size(0); ++b) {
    const auto row = contour(v[b].data_ptr<float>(), d[b].data_ptr<int64_t>(), v.size(1));
    std::copy(row.begin(), row.end(), out[b].data_ptr<float>());
  }
  return out.to(values.device());
}

}  // namespace

void expand_prosody(const Prosody& prosody,
                    const ProsodyControls& controls,
                    double energy_deviation,
                    Condition& condition) {
  const int64_t frames = condition.durations.sum(1).max().item<int64_t>();
  condition.log_f0 =
      expand(prosody.log_f0, condition.durations, frames) + controls.pitch_semitones * (M_LN2 / 12);
  condition.voicing = expand(prosody.voicing, condition.durations, frames);
  // Energy is the natural log of an amplitude, standardised: decibels become units of its
  // deviation.
  const double nepers = controls.energy_db * (M_LN10 / 20);
  condition.energy =
      expand(prosody.energy, condition.durations, frames) + nepers / energy_deviation;
}

}  // namespace tts
