// Aligns a whole corpus.
#pragma once
#include "analysis/aligner.h"
#include "train/alignments.h"
#include "train/corpus.h"

namespace tts {

// Learns on the training recordings, aligns those and the held-back ones (which are only measured
// on).
Alignments run_aligner(const Corpus& corpus, uint64_t seed, const Aligner::Progress& progress);

}  // namespace tts
