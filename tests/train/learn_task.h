// tests/learning.h for a task: stints of its own schedule, until what it should know is known.
#pragma once
#include "train/loop.h"

namespace tts {

// After each of up to ten stints of so many steps `learnt(metrics)` is asked, with what the last
// step said; false: never.
template <typename Learnt>
bool learn(Task& task, int64_t steps, const Learnt& learnt) {
  constexpr int64_t kStints = 10;
  for (int64_t stint = 0; stint < kStints; ++stint) {
    Metrics metrics;
    for (int64_t step = 0; step < steps; ++step) {
      torch::manual_seed(static_cast<uint64_t>(stint * steps + step));
      for (const auto& [name, optimiser] : task.optimisers())
        optimiser->schedule(step, static_cast<double>(step) / static_cast<double>(steps));
      metrics = task.step(step);
    }
    if (learnt(metrics)) return true;
  }
  return false;
}

}  // namespace tts
