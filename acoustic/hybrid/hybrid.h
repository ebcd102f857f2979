// The beginning from one generator, the rest from another that goes on from it (the hybrid of
// MAGNeT, Ziv et al. 2024): an autoregressive member, which draws each frame knowing the frames
// before it, sets the manner of speaking; a masked one writes the rest in few passes.
#pragma once
#include "acoustic/generator.h"

namespace tts {

class HybridGenerator : public Generator {
 public:
  // Both write codes and hear known_codes; `first` hands out frames as it makes them.
  HybridGenerator(std::shared_ptr<Generator> first, std::shared_ptr<Generator> rest);
  Generation generate(const Condition& condition,
                      const Sampling& sampling,
                      const FrameSink& sink) override;
  bool infills() const override { return true; }
  // Throws Error(kInternal): its members are trained, each for itself.
  Losses loss(const Batch& batch) override;
  // Those of either.
  std::vector<std::string> options() const override;
  Sampling defaults() const override { return rest_->defaults(); }
  nlohmann::json to_json() const override { return {{"type", "hybrid"}}; }

 private:
  std::shared_ptr<Generator> first_, rest_;
};

}  // namespace tts
