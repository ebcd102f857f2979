#include "acoustic/tokens/level_writer.h"

#include "acoustic/tokens/token_sampling.h"
#include "acoustic/tokens/unmasking.h"

namespace tts {

Tensor write_levels(LevelNetworkImpl& network,
                    const LevelNetworkImpl::Frames& frames,
                    const Tensor& untold,
                    const LevelPlan& plan,
                    const Sampling& sampling) {
  LevelNetworkImpl::Frames written = frames;
  written.codes = frames.codes.clone();
  const Tensor valid = frames.mask.squeeze(2) > 0;
  uint32_t draws = plan.first_draw;
  for (int64_t q = 0; q < static_cast<int64_t>(plan.steps.size()); ++q) {
    UnmaskingPlan level;
    level.steps = plan.steps[q];
    level.unknown = network.table().unknown();
    level.temperature = temperature_of(sampling, q);
    level.span = network.options().span;
    level.predict = [&, q](const Tensor& codes, double guidance) {
      return network.predict_guided(written, untold, codes, q, guidance);
    };
    // In the first level as sure as the plan's other judge is, too.
    if (q == 0 && sampling.rescore > 0) {
      level.confidence = [&](const Draw& draw, const Tensor& codes) {
        const double other = sampling.rescore;
        return torch::log(draw.log_probabilities.exp() * (1 - other) +
                          plan.judge(codes.unsqueeze(2)).exp() * other);
      };
    }
    const Tensor codes = written.codes.select(2, q).clone();  // [B, T]
    written.codes.select(2, q).copy_(unmask(codes, valid, level, sampling, draws));
  }
  return written.codes;
}

}  // namespace tts
