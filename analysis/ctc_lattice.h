// All paths of some labels through a connectionist temporal classifier's outputs, kept so that a
// change of the labels costs little: what if a word had been left out, or said twice?
#pragma once
#include <cstddef>
#include <vector>

#include "analysis/ctc.h"

namespace tts {

class CtcLattice {
 public:
  // `labels` may hold kAnyPhone and kAnything.
  CtcLattice(const CtcRows& rows, Outputs labels);

  bool possible() const { return total_ > 0; }  // else there are too few frames for the labels
  double log_likelihood() const;  // natural log, of all paths; minus infinity when not possible
  // Of the likeliest output in each frame: no labels are likelier.
  double free_log_likelihood() const { return free_; }
  const Outputs& labels() const { return labels_; }

  // By how many nats the labels would be likelier with `instead` in the place of [begin, end): what
  // ctc_log_likelihood gives for the changed labels, less log_likelihood(). Of a possible lattice;
  // never beyond ±kMostGain.
  static constexpr double kMostGain = 500;
  double gain(size_t begin, size_t end, const Outputs& instead) const;

 private:
  double emission(int64_t t, int64_t label) const;
  double emission_of_state(int64_t t, size_t state) const;
  void forward();
  void backward();
  // What ends before frame t and may go on with `label`.
  double enter(int64_t t, size_t begin, int64_t label) const;
  double through(size_t begin, size_t end, const Outputs& instead) const;

  const int64_t frames_, width_;
  const Outputs labels_;
  const size_t states_;  // the labels, with blanks around each
  // [T, width + 2] probabilities, then the best of all and of the phones
  std::vector<double> rows_;
  double free_ = 0;
  // With the frame's own emission, divided by scales_ up to the frame (forward) and from it on.
  std::vector<double> forward_, backward_;  // [T, states]
  std::vector<double> scales_;              // [T]: each frame's forward values add to 1
  double total_ = 0;                        // of the forward values that end well
};

}  // namespace tts
