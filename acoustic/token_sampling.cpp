#include "acoustic/token_sampling.h"

namespace tts {

Tensor uniform_numbers(const Sampling& sampling, uint32_t draw, int64_t rows, int64_t frames) {
  Tensor out = torch::empty({rows, frames});
  for (int64_t b = 0; b < rows; ++b) {
    const uint32_t utterance =
        sampling.utterances.empty() ? static_cast<uint32_t>(b) : sampling.utterances.at(b);
    RandomStream(sampling.seed, utterance)
        .uniform(RandomPurpose::kToken, draw, 0, out[b].data_ptr<float>(), frames);
  }
  return out;
}

Draw draw_codes(const Tensor& log_probabilities,
                double temperature,
                const Sampling& sampling,
                uint32_t draw) {
  Draw out;
  if (temperature <= 0) {
    out.codes = log_probabilities.argmax(2);
  } else {
    const Tensor sums = torch::softmax(log_probabilities / temperature, 2).cumsum(2);
    const Tensor at = uniform_numbers(sampling, draw, sums.size(0), sums.size(1)).to(sums.device());
    // The last sum is one up to rounding: scaled, so that every number falls on a code.
    const Tensor wanted = (at * sums.select(2, sums.size(2) - 1)).unsqueeze(2);
    out.codes = torch::searchsorted(sums.contiguous(), wanted.contiguous())
                    .squeeze(2)
                    .clamp_max(sums.size(2) - 1);
  }
  out.log_probabilities = log_probabilities.gather(2, out.codes.unsqueeze(2)).squeeze(2);
  return out;
}

}  // namespace tts
