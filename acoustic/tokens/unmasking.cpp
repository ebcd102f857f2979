#include "acoustic/tokens/unmasking.h"

#include <cmath>
#include <limits>

#include "core/error.h"

namespace tts {
namespace {

Tensor gumbel(const Tensor& uniform) {
  return -torch::log(-torch::log(uniform.clamp(1e-6, 1 - 1e-6)));
}

// Moves evenly from `guidance` to `guidance_end`.
double guidance_at(const Sampling& sampling, int64_t step, int64_t steps) {
  const double end = sampling.guidance_end.value_or(sampling.guidance);
  const double share = steps > 1 ? static_cast<double>(step) / (steps - 1) : 0;
  return sampling.guidance + (end - sampling.guidance) * share;
}

// The masked frames without those of the surest spans, a span being as sure as its best code; of
// each row as many spans as `remaining` says. noise: [B, spans] → [B, T] bool
Tensor unsure(const Tensor& sureness,
              const Tensor& masked,
              const std::vector<int64_t>& remaining,
              int64_t span,
              const Tensor& noise) {
  const Tensor confidence =
      over_spans(sureness.masked_fill(~masked, -std::numeric_limits<float>::infinity()), span);
  const Tensor left = least_confident(
      confidence + noise.to(confidence.device()), over_spans(masked, span), remaining);
  return spread_spans(left, span, masked.size(1));
}

}  // namespace

std::vector<int64_t> steps_per_level(const std::vector<int64_t>& given,
                                     int64_t steps,
                                     int64_t levels) {
  std::vector<int64_t> out = given;
  if (static_cast<int64_t>(out.size()) > levels) {
    fail(ErrorCode::kUsage,
         "level-steps has ",
         out.size(),
         " numbers; the codec has ",
         levels,
         " levels");
  }
  if (!out.empty()) out.resize(levels, given.back());
  for (int64_t q = out.size(); q < levels; ++q, steps = (steps + 1) / 2) out.push_back(steps);
  return out;
}

Tensor over_spans(const Tensor& x, int64_t span) {
  if (span == 1) return x;
  const int64_t frames = x.size(1), spans = (frames + span - 1) / span;
  // The last frame again fills the last span: it changes no maximum.
  const Tensor rest = x.slice(1, frames - 1).expand({-1, spans * span - frames});
  return torch::cat({x, rest}, 1).view({x.size(0), spans, span}).amax(2);
}

Tensor spread_spans(const Tensor& spans, int64_t span, int64_t frames) {
  return (span == 1 ? spans : spans.repeat_interleave(span, 1)).slice(1, 0, frames);
}

int64_t masked_after(int64_t step, int64_t steps, int64_t frames) {
  if (step + 1 >= steps) return 0;
  const double share = std::cos(M_PI / 2 * static_cast<double>(step + 1) / steps);
  return static_cast<int64_t>(std::floor(share * frames));
}

Tensor least_confident(const Tensor& confidence,
                       const Tensor& masked,
                       const std::vector<int64_t>& remaining) {
  const Tensor order =
      confidence.masked_fill(~masked, std::numeric_limits<float>::infinity()).argsort(1, false);
  const Tensor rank = order.argsort(1, false);  // [B, T]
  const Tensor limits = torch::tensor(remaining, rank.options()).unsqueeze(1);
  return masked & (rank < limits);
}

std::vector<std::string> unmasking_options() {
  return {"steps",
          "level-steps",
          "temperature",
          "fine-temperature",
          "choice-temperature",
          "top-k",
          "top-p",
          "guidance",
          "guidance-end"};
}

Tensor masked_share(int64_t rows, const torch::TensorOptions& numbers) {
  return torch::cos(M_PI / 2 * torch::rand({rows, 1}, numbers));
}

Tensor unmask(Tensor codes,
              const Tensor& valid,
              const UnmaskingPlan& plan,
              const Sampling& sampling,
              uint32_t& draws) {
  Tensor masked = (codes == plan.unknown) & valid;
  const Tensor to_write = over_spans(masked, plan.span).sum(1).cpu();  // [B] spans
  const int64_t spans = over_spans(masked, plan.span).size(1);
  for (int64_t step = 0; step < plan.steps; ++step) {
    const Tensor told = plan.predict(codes, guidance_at(sampling, step, plan.steps));
    const Draw draw = draw_codes(told, {plan.temperature}, sampling, {draws++});
    codes = torch::where(masked, draw.codes, codes);
    std::vector<int64_t> remaining;
    for (int64_t b = 0; b < codes.size(0); ++b)
      remaining.push_back(masked_after(step, plan.steps, to_write[b].item<int64_t>()));
    const double heat = sampling.choice_temperature * (1 - (step + 1.0) / plan.steps);
    const Tensor noise = gumbel(uniform_numbers(sampling, {draws++}, codes.size(0), spans)) * heat;
    const Tensor sureness = plan.confidence ? plan.confidence(draw, codes) : draw.log_probabilities;
    masked = masked & unsure(sureness, masked, remaining, plan.span, noise);
    codes = codes.masked_fill(masked, plan.unknown);
  }
  return codes.masked_fill(~valid, 0);
}

}  // namespace tts
