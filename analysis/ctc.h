// What a connectionist temporal classifier's outputs say (A. Graves et al., 2006): the likeliest
// phones, how likely given phones are, and how two phone sequences differ. Plain C++ on rows of
// natural log probabilities; output 0 is the blank.
#pragma once
#include <cstdint>
#include <vector>

namespace tts {

using Outputs = std::vector<int64_t>;  // phones, as numbers of outputs

// Labels that stand for no single output: as likely in each frame as the likeliest phone there, and
// as the likeliest output, so that one of them is whatever was said (a free loop over all outputs).
inline constexpr int64_t kAnyPhone = -1, kAnything = -2;

// Log probabilities of `frames` rows of `width`, not owned.
struct CtcRows {
  const float* data = nullptr;
  int64_t frames = 0, width = 0;
  const float* row(int64_t t) const { return data + t * width; }
  CtcRows part(int64_t begin, int64_t end) const { return {row(begin), end - begin, width}; }
};

// The likeliest output of each frame, repeats and blanks taken out.
Outputs ctc_greedy(const CtcRows& rows);

// Prefix beam search (Graves 2006, section 3.2; Hannun et al., 2014): the likeliest phones, summed
// over their paths.
Outputs ctc_beam(const CtcRows& rows, int64_t width = 8);

// Natural log probability of the labels, over all paths; minus infinity when there are too few
// frames. `labels` may hold kAnyPhone and kAnything.
double ctc_log_likelihood(const CtcRows& rows, const Outputs& labels);

// How well labels [begin, end) fit where they should be: by how much the best path of all labels
// falls behind the best one with anything in their place, in nats per label (a goodness of
// pronunciation, S. Witt and S. Young 2000, on CTC). 0 when they are what was heard, well below -1
// when something else was, or something more; minus infinity when there are too few frames.
double ctc_fit(const CtcRows& rows, const Outputs& labels, size_t begin, size_t end);

// What turns `expected` into `heard` (Levenshtein).
struct Edits {
  int64_t substituted = 0, inserted = 0, deleted = 0;
  int64_t total() const { return substituted + inserted + deleted; }
};
Edits count_edits(const Outputs& expected, const Outputs& heard);

// The same, for each expected phone whether it was heard (true), and by how many insertions it is
// preceded; one more entry for those at the end.
struct EditPath {
  std::vector<bool> heard;        // [expected]
  std::vector<int64_t> inserted;  // [expected + 1]
};
EditPath edit_path(const Outputs& expected, const Outputs& heard);

}  // namespace tts
