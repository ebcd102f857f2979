#include "acoustic/masked/level_writer.h"

#include "acoustic/masked/unmasking.h"
#include "acoustic/token_sampling.h"

namespace tts {
namespace {

// Of the noise that makes the order of unmasking vary; it falls to nothing at the last step.
constexpr double kChoiceTemperature = 3;

Tensor gumbel(const Tensor& uniform) {
  return -torch::log(-torch::log(uniform.clamp(1e-6, 1 - 1e-6)));
}

class LevelWriter {
 public:
  LevelWriter(LevelNetworkImpl& network,
              const LevelNetworkImpl::Frames& frames,
              const Tensor& untold,
              const Sampling& sampling)
      : network_(network), frames_(frames), untold_(untold), sampling_(sampling) {
    frames_.codes = frames.codes.clone();
  }

  void write(int64_t q, int64_t steps, uint32_t& draws) {
    const int64_t unknown = network_.table().unknown();
    const Tensor valid = frames_.mask.squeeze(2) > 0;
    Tensor codes = frames_.codes.select(2, q).clone();  // [B, T]
    Tensor masked = (codes == unknown) & valid;
    const Tensor to_write = masked.sum(1).cpu();  // [B]
    for (int64_t step = 0; step < steps; ++step) {
      const Draw draw = draw_codes(predict(codes, q), sampling_.temperature, sampling_, draws++);
      codes = torch::where(masked, draw.codes, codes);
      std::vector<int64_t> remaining;
      for (int64_t b = 0; b < codes.size(0); ++b)
        remaining.push_back(masked_after(step, steps, to_write[b].item<int64_t>()));
      const double heat = kChoiceTemperature * (1 - (step + 1.0) / steps);
      const Tensor noise =
          gumbel(uniform_numbers(sampling_, draws++, codes.size(0), codes.size(1)));
      masked = least_confident(
          draw.log_probabilities + noise.to(codes.device()) * heat, masked, remaining);
      codes = codes.masked_fill(masked, unknown);
    }
    frames_.codes.select(2, q).copy_(codes.masked_fill(~valid, 0));
  }

  const Tensor& codes() const { return frames_.codes; }

 private:
  Tensor predict(const Tensor& own, int64_t q) {
    const Tensor levels = torch::full({own.size(0)}, q, own.options());
    const Tensor told = network_.predict(frames_, own, levels);
    if (sampling_.guidance == 1.0) return told;
    const LevelNetworkImpl::Frames without{untold_, frames_.mask, frames_.codes};
    return guided(told, network_.predict(without, own, levels), sampling_.guidance);
  }

  LevelNetworkImpl& network_;
  LevelNetworkImpl::Frames frames_;
  Tensor untold_;
  const Sampling& sampling_;
};

}  // namespace

Tensor write_levels(LevelNetworkImpl& network,
                    const LevelNetworkImpl::Frames& frames,
                    const Tensor& untold,
                    const LevelPlan& plan,
                    const Sampling& sampling) {
  LevelWriter writer(network, frames, untold, sampling);
  uint32_t draws = plan.first_draw;
  for (int64_t q = plan.first_level; q < static_cast<int64_t>(plan.steps.size()); ++q)
    writer.write(q, plan.steps[q], draws);
  return writer.codes();
}

}  // namespace tts
