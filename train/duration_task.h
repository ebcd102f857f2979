// Training any member of the duration family.
#pragma once
#include <memory>

#include "duration/duration_model.h"
#include "train/acoustic_task.h"

namespace tts {

class DurationTask : public Task {
 public:
  DurationTask(std::shared_ptr<DurationModel> model,
               const AcousticData& data,
               AcousticTaskOptions options);
  Metrics step(int64_t step) override;
  // The losses, and what is heard of them: "rmse_frames" of phones at temperature 0 against the
  // recordings, and for members that draw "spread", how far two seeds lie apart over how far the
  // recordings lie from the symbols' means (in log durations, both as deviations).
  Metrics validate() override;
  std::vector<std::pair<std::string, torch::nn::Module*>> modules() override {
    return {{"duration", model_.get()}};
  }
  std::vector<std::pair<std::string, Optimiser*>> optimisers() override {
    return {{"duration", &optimiser_}};
  }
  // duration.safetensors and duration.json
  void export_to(const std::string& folder) override;
  // Calibrates the corrections of the weights in the folder, for all speakers and for each, and
  // writes them to duration.json.
  void finish(const std::string& folder) override;

 private:
  Prosody predict(const Batch& batch, uint64_t seed, double temperature);
  void measure(const std::vector<Batch>& batches, Metrics& metrics);
  void describe(const std::string& folder, const nlohmann::json& speakers) const;
  std::shared_ptr<DurationModel> model_;
  const AcousticData& data_;
  AcousticTaskOptions options_;
  LengthBuckets buckets_;
  Optimiser optimiser_;
};

// A regression is flatter than speech and gets the rate wrong. Sets the factors that the member
// has: contrasts from `validation` (of training text too much is known by heart); rate and pauses
// from `all`, validation and training together, because the rate of a few dozen recordings is off
// by some per cent by chance. Leaves 1 where there is nothing to measure.
void calibrate_durations(DurationModel& model,
                         const std::vector<Batch>& validation,
                         const std::vector<Batch>& all);

}  // namespace tts
