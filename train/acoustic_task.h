// Training generators on one shared frame encoder.
#pragma once
#include <memory>

#include "acoustic/generator.h"
#include "train/batches.h"
#include "train/loop.h"

namespace tts {

struct AcousticTaskOptions {
  int64_t batch = 12;
  uint64_t seed = 1;
  double balance = 1;        // see LengthBuckets
  double speaker_noise = 0;  // see SpeakerDraw
  torch::Device device = torch::kCPU;
  bool freeze_encoder = false;  // train the generators on a frame encoder that stays as it is
  OptimiserOptions optimiser = {1e-3, 1e-4, 100, 0.9, 0.98, 0.05, 2.0, 0.998};
};

struct NamedGenerator {
  std::string name;
  std::shared_ptr<Generator> generator;
};

// All generators learn in the same step, each from its own loss, their gradients meeting in the
// frame encoder.
class AcousticTask : public Task {
 public:
  AcousticTask(std::shared_ptr<FrameEncoder> encoder,
               std::vector<NamedGenerator> generators,
               const AcousticData& data,
               AcousticTaskOptions options);
  Metrics step(int64_t step) override;
  Metrics validate() override;
  std::vector<std::pair<std::string, torch::nn::Module*>> modules() override;
  std::vector<std::pair<std::string, Optimiser*>> optimisers() override {
    return {{"acoustic", &optimiser_}};
  }
  // frame_encoder.safetensors and generator-NAME.safetensors with acoustic.json, which also says
  // what the networks mean by a symbol, a language and a speaker
  void export_to(const std::string& folder) override;
  double padding_share() const { return buckets_.padding_share(); }

 private:
  void set_training(bool on);
  std::vector<torch::nn::Module*> trained();
  std::shared_ptr<FrameEncoder> encoder_;
  std::vector<NamedGenerator> generators_;
  const AcousticData& data_;
  AcousticTaskOptions options_;
  LengthBuckets buckets_;
  Optimiser optimiser_;
};

}  // namespace tts
