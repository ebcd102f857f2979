#include "acoustic/tokens/token_sampling.h"

#include <algorithm>
#include <limits>

#include "core/row_stream.h"

namespace tts {
namespace {

// Draws of codes that are drawn again.
constexpr uint32_t kSecondDraws = 1u << 30;
constexpr float kNever = -std::numeric_limits<float>::infinity();

// The codes on which numbers [B, T] in (0, 1) fall. log_probabilities: [B, T, entries]
Tensor codes_at(const Tensor& log_probabilities, const Tensor& numbers) {
  const Tensor sums = torch::softmax(log_probabilities, 2).cumsum(2);
  const int64_t last = sums.size(2) - 1;
  // The last sum is one up to rounding: scaled, so that every number falls on a code.
  const Tensor wanted = (numbers.to(sums.device()) * sums.select(2, last)).unsqueeze(2);
  return torch::searchsorted(sums.contiguous(), wanted.contiguous()).squeeze(2).clamp_max(last);
}

}  // namespace

Tensor uniform_numbers(const Sampling& sampling, DrawPlace place, int64_t rows, int64_t frames) {
  Tensor out = torch::empty({rows, frames});
  for (int64_t b = 0; b < rows; ++b) {
    row_stream(sampling, b)
        .uniform(
            RandomPurpose::kToken, place.draw, place.first_frame, out[b].data_ptr<float>(), frames);
  }
  return out;
}

double temperature_of(const Sampling& sampling, int64_t q) {
  return q == 0 ? sampling.temperature : sampling.fine_temperature.value_or(sampling.temperature);
}

Tensor keep_top_k(const Tensor& log_probabilities, int64_t k) {
  if (k <= 0 || k >= log_probabilities.size(-1)) return log_probabilities;
  const Tensor least = std::get<0>(log_probabilities.topk(k, -1)).slice(-1, k - 1);
  return log_probabilities.masked_fill(log_probabilities < least, kNever);
}

Tensor keep_top_p(const Tensor& log_probabilities, double p) {
  if (p >= 1) return log_probabilities;
  const auto [sorted, order] = log_probabilities.sort(-1, true);
  const Tensor probability = torch::softmax(sorted, -1);
  Tensor beyond = probability.cumsum(-1) - probability >= p;  // those before it are enough
  beyond.select(-1, 0).fill_(false);
  return log_probabilities.masked_fill(torch::zeros_like(beyond).scatter(-1, order, beyond),
                                       kNever);
}

Tensor repeated(const Tensor& codes, const Tensor& history, int64_t window, double share) {
  const int64_t frames = history.size(1);
  const Tensor recent = history.slice(1, std::max<int64_t>(0, frames - window));
  const Tensor count = (recent == codes.unsqueeze(1)).sum(1);
  return count.to(torch::kDouble) > share * static_cast<double>(window);
}

Draw draw_codes(const Tensor& log_probabilities,
                const std::vector<double>& temperatures,
                const Sampling& sampling,
                DrawPlace place,
                const Tensor& history) {
  Draw out;
  out.codes = log_probabilities.argmax(2);
  if (*std::max_element(temperatures.begin(), temperatures.end()) > 0) {
    const Tensor heat = torch::tensor(temperatures, log_probabilities.options());  // [1 or T]
    const Tensor warm =
        torch::log_softmax(log_probabilities / heat.clamp_min(1e-4).unsqueeze(1), 2);
    const int64_t rows = warm.size(0), frames = warm.size(1);
    const Tensor kept = keep_top_p(keep_top_k(warm, sampling.top_k), sampling.top_p);
    Tensor drawn = codes_at(kept, uniform_numbers(sampling, place, rows, frames));
    if (history.defined() && sampling.repetition_window > 0) {
      const DrawPlace again{place.draw + kSecondDraws, place.first_frame};
      const Tensor other = codes_at(warm, uniform_numbers(sampling, again, rows, frames));
      drawn = torch::where(
          repeated(drawn, history, sampling.repetition_window, sampling.repetition_share),
          other,
          drawn);
    }
    out.codes = torch::where(heat > 0, drawn, out.codes);
  }
  out.log_probabilities = log_probabilities.gather(2, out.codes.unsqueeze(2)).squeeze(2);
  return out;
}

}  // namespace tts
