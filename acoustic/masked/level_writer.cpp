#include "acoustic/masked/level_writer.h"

#include <limits>

#include "acoustic/masked/unmasking.h"
#include "acoustic/token_sampling.h"

namespace tts {
namespace {

Tensor gumbel(const Tensor& uniform) {
  return -torch::log(-torch::log(uniform.clamp(1e-6, 1 - 1e-6)));
}

class LevelWriter {
 public:
  LevelWriter(LevelNetworkImpl& network,
              const LevelNetworkImpl::Frames& frames,
              const Tensor& untold,
              const LevelPlan& plan,
              const Sampling& sampling)
      : network_(network), frames_(frames), untold_(untold), plan_(plan), sampling_(sampling) {
    frames_.codes = frames.codes.clone();
  }

  void write(int64_t q, int64_t steps, uint32_t& draws) {
    const int64_t unknown = network_.table().unknown(), span = network_.options().span;
    const Tensor valid = frames_.mask.squeeze(2) > 0;
    Tensor codes = frames_.codes.select(2, q).clone();  // [B, T]
    Tensor masked = (codes == unknown) & valid;
    const Tensor to_write = over_spans(masked, span).sum(1).cpu();  // [B] spans
    for (int64_t step = 0; step < steps; ++step) {
      const Tensor told =
          network_.predict_guided(frames_, untold_, codes, q, guidance_at(step, steps));
      const Draw draw = draw_codes(told, {temperature_of(sampling_, q)}, sampling_, {draws++});
      codes = torch::where(masked, draw.codes, codes);
      std::vector<int64_t> remaining;
      for (int64_t b = 0; b < codes.size(0); ++b)
        remaining.push_back(masked_after(step, steps, to_write[b].item<int64_t>()));
      const double heat = sampling_.choice_temperature * (1 - (step + 1.0) / steps);
      masked = masked & unsure(confidence(draw, codes, q), masked, remaining, {heat, draws++});
      codes = codes.masked_fill(masked, unknown);
    }
    frames_.codes.select(2, q).copy_(codes.masked_fill(~valid, 0));
  }

  const Tensor& codes() const { return frames_.codes; }

 private:
  // How sure the drawn codes are, in the first level also to the plan's other judge. [B, T]
  Tensor confidence(const Draw& draw, const Tensor& codes, int64_t q) const {
    if (q > 0 || sampling_.rescore == 0) return draw.log_probabilities;
    const double other = sampling_.rescore;
    return torch::log(draw.log_probabilities.exp() * (1 - other) +
                      plan_.judge(codes.unsqueeze(2)).exp() * other);
  }

  // Noise in the order of unmasking.
  struct Disorder {
    double heat;
    uint32_t draw;
  };

  // Moves evenly from `guidance` to `guidance_end`.
  double guidance_at(int64_t step, int64_t steps) const {
    const double end = sampling_.guidance_end.value_or(sampling_.guidance);
    const double share = steps > 1 ? static_cast<double>(step) / (steps - 1) : 0;
    return sampling_.guidance + (end - sampling_.guidance) * share;
  }

  // The frames of the least confident spans, a span being as confident as its best code. [B, T]
  Tensor unsure(const Tensor& log_probabilities,
                const Tensor& masked,
                const std::vector<int64_t>& remaining,
                Disorder disorder) const {
    const int64_t span = network_.options().span, frames = masked.size(1);
    const Tensor confidence = over_spans(
        log_probabilities.masked_fill(~masked, -std::numeric_limits<float>::infinity()), span);
    const Tensor noise =
        gumbel(uniform_numbers(sampling_, {disorder.draw}, confidence.size(0), confidence.size(1)));
    const Tensor left = least_confident(confidence + noise.to(confidence.device()) * disorder.heat,
                                        over_spans(masked, span),
                                        remaining);
    return spread_spans(left, span, frames);
  }

  LevelNetworkImpl& network_;
  LevelNetworkImpl::Frames frames_;
  Tensor untold_;
  const LevelPlan& plan_;
  const Sampling& sampling_;
};

}  // namespace

Tensor write_levels(LevelNetworkImpl& network,
                    const LevelNetworkImpl::Frames& frames,
                    const Tensor& untold,
                    const LevelPlan& plan,
                    const Sampling& sampling) {
  LevelWriter writer(network, frames, untold, plan, sampling);
  uint32_t draws = 0;
  for (int64_t q = 0; q < static_cast<int64_t>(plan.steps.size()); ++q)
    writer.write(q, plan.steps[q], draws);
  return writer.codes();
}

}  // namespace tts
