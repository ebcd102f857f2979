// The one training loop: schedules, progress, validation, checkpoints, exact resume, Ctrl-C. A Task
// is what is trained; it knows nothing of files, schedules or terminals.
#pragma once
#include <torch/torch.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "train/optimiser.h"

namespace tts {

using Metrics = std::map<std::string, double>;

class Task {
 public:
  virtual ~Task() = default;
  // One update of everything. Random numbers come from torch's generator, which the loop seeds by
  // (seed, step).
  virtual Metrics step(int64_t step) = 0;
  // Numbers on held-back data, with the averaged weights in place.
  virtual Metrics validate() = 0;
  // What a checkpoint holds: one weight file and one optimiser file each.
  virtual std::vector<std::pair<std::string, torch::nn::Module*>> modules() = 0;
  virtual std::vector<std::pair<std::string, Optimiser*>> optimisers() = 0;
  // Further state, e.g. counters; survives a resume.
  virtual nlohmann::json state() const { return nlohmann::json::object(); }
  virtual void set_state(const nlohmann::json&) {}
  // Writes what people use (half precision, averaged weights) into a folder.
  virtual void export_to(const std::string& folder) = 0;
  // Once, when training ends: what is too dear to do for every export, on what the folder holds.
  virtual void finish(const std::string& folder) { static_cast<void>(folder); }
};

struct LoopOptions {
  std::string out;     // checkpoint/ and the exported weights go here
  int64_t steps = 0;   // stop after so many steps (0: no limit)
  double minutes = 0;  // or so much training time, over all resumes (0: no limit)
  double checkpoint_minutes = 3;
  int64_t validate_every = 500;
  int64_t log_every = 25;
  // export at the validation that is lowest in it; empty: the last weights
  std::string best_metric;
  bool fresh = false;  // ignore a checkpoint that is there
  bool json = false;   // JSON lines on stdout
  uint64_t seed = 1;
};

// Runs until the limit, validates once more, or until Ctrl-C (then saves and throws kCancelled).
// Resumes exactly from out/checkpoint.
void run_loop(Task& task, const LoopOptions& options);

}  // namespace tts
