// Aligns a whole corpus.
#pragma once
#include <functional>

#include "analysis/aligner.h"
#include "analysis/recogniser.h"
#include "train/alignments.h"
#include "train/corpus.h"

namespace tts {

// Learns on the training recordings, aligns those and the held-back ones (which are only measured
// on).
Alignments run_aligner(const Corpus& corpus, uint64_t seed, const Aligner::Progress& progress);

// With a trained recogniser, which learns nothing here: for speakers of whom there is too little to
// learn from. Phones that it does not know may be any; recordings shorter than their phones are
// left out. `progress` is told how many are done.
Alignments align_with(Recogniser recogniser,
                      const Corpus& corpus,
                      const std::function<void(size_t)>& progress);

}  // namespace tts
