// What an Aligner has learnt, shared by its training and its use.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "analysis/aligner.h"
#include "analysis/frame_classifier.h"

namespace tts {

// Phones and their classes. Class 0 is silence; phones count from 1; a phone that was never met has
// the class after the last.
class PhoneClasses {
 public:
  void add(const AlignerItem& item);
  void add_key(int64_t key);
  std::vector<int> of(const AlignerItem& item) const;  // [N]
  int count() const { return static_cast<int>(keys_.size()) + 1; }
  const std::vector<int64_t>& keys() const { return keys_; }  // of classes 1, 2, …

 private:
  // A long phone is a phone of its own; stress and word end are not.
  static int64_t key_of(const AlignerItem& item, size_t i);
  std::vector<int64_t> keys_;
  std::map<int64_t, int> class_of_;
};

struct AlignerModel {
  PhoneClasses classes;
  FrameClassifier classifier{nullptr};
  Tensor log_prior;  // [columns]

  int64_t columns() const { return AlignmentGraph::kStatesPerClass * classes.count(); }

  // [T, stacked features] → [T, columns + 2] log posterior - prior_weight * log prior; the last two
  // columns are the average phone's.
  Tensor emissions(const Tensor& stacked, double prior_weight) const;
};

// Throws kInput naming the item and the sizes that disagree.
void check_item(const AlignerItem& item, int64_t bands);

// The best path's durations and score. emissions: [T, columns]
Alignment best_path(const AlignerItem& item, const AlignmentGraph& graph, const Tensor& emissions);

// Targets before anything is known: the phones one after the other, evenly over the loud frames;
// long gaps between them, and what lies before and after, are silence. → [T]
std::vector<FrameTarget> flat_targets(const AlignerItem& item, const std::vector<int>& classes);

// From a path of states (one column each), and from posteriors [T, states] (the four likeliest).
std::vector<FrameTarget> path_targets(const AlignmentGraph& graph, const std::vector<int>& path);
std::vector<FrameTarget> posterior_targets(const AlignmentGraph& graph,
                                           const std::vector<float>& posteriors,
                                           int frames);

}  // namespace tts
