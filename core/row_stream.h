// The random stream of a batch row.
#pragma once
#include "core/random.h"
#include "core/types.h"

namespace tts {

// Keyed by the row's utterance where the request names them, else by its place in the batch.
inline RandomStream row_stream(const Sampling& sampling, int64_t row) {
  return RandomStream(
      sampling.seeds.empty() ? sampling.seed : sampling.seeds.at(row),
      sampling.utterances.empty() ? static_cast<uint32_t>(row) : sampling.utterances.at(row));
}

}  // namespace tts
