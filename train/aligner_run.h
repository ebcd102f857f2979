// Aligns a whole corpus.
#pragma once
#include <functional>

#include "analysis/aligner.h"
#include "analysis/recogniser.h"
#include "train/alignments.h"
#include "train/corpus.h"

namespace tts {

struct AlignerRunOptions {
  uint64_t seed = 1;
  double fit_minutes = 240;  // learns from about so many, spread evenly over the recordings
};

// Learns on training recordings, aligns all of them and the held-back ones (which are only measured
// on).
Alignments run_aligner(const Corpus& corpus,
                       const AlignerRunOptions& options,
                       const Aligner::Progress& progress);

// With a trained recogniser, which learns nothing here: for speakers of whom there is too little to
// learn from. Phones that it does not know may be any; recordings shorter than their phones are
// left out. `progress` is told how many are done.
Alignments align_with(Recogniser recogniser,
                      const Corpus& corpus,
                      const std::function<void(size_t)>& progress);

}  // namespace tts
