// Checkpoints: written under a temporary name and renamed, so that a kill at any moment leaves a
// whole one.
#pragma once
#include <string>

#include "train/loop.h"

namespace tts {

struct Progress {
  int64_t step = 0;
  double seconds = 0;  // of training, over all resumes
  double best = 1e30;  // lowest best_metric so far
};

void save_checkpoint(Task& task, const std::string& folder, const Progress& progress);
// → false if there is none.
bool load_checkpoint(Task& task, const std::string& folder, Progress& progress);

}  // namespace tts
