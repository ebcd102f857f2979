// Another quantiser over the latents of a trained codec, which stay as they are: the grouped scalar
// quantiser is fitted to what the residual one of the codec quantises, so that both can be compared
// on the same sounds and the same vocoder.
#pragma once
#include "codec/grouped_scalar_quantiser.h"
#include "train/codec_task.h"
#include "train/loop.h"

namespace tts {

struct QuantiserTaskOptions {
  int64_t batch_frames = 4096;
  int64_t pool_frames = 120000;  // drawn once from all recordings
  torch::Device device = torch::kCPU;
  OptimiserOptions optimiser = {3e-3, 3e-5, 50, 0.9, 0.99, 0.0, 3.0, 0.998};
};

class QuantiserTask : public Task {
 public:
  QuantiserTask(GroupedScalarQuantiser quantiser,
                Codec codec,
                const Corpus& corpus,
                QuantiserTaskOptions options);
  Metrics step(int64_t step) override;
  // left: share of the held-back latents' variance that quantising leaves over; entropy: mean over
  // the groups of the bits in their codes.
  Metrics validate() override;
  std::vector<std::pair<std::string, torch::nn::Module*>> modules() override {
    return {{"quantiser", quantiser_.get()}};
  }
  std::vector<std::pair<std::string, Optimiser*>> optimisers() override {
    return {{"quantiser", &optimiser_}};
  }
  void export_to(const std::string& folder) override;

 private:
  GroupedScalarQuantiser quantiser_;
  QuantiserTaskOptions options_;
  Tensor pool_, held_back_;  // [M, D] latents
  Optimiser optimiser_;
};

// quantiser.json and quantiser.safetensors of a folder. Throws kVoice naming the file.
GroupedScalarQuantiser load_quantiser(const std::string& folder);

// Latents before the quantiser of so many frames at most, spread over the recordings. → [M, D]
Tensor encoded_frames(Codec& codec, const std::vector<Utterance>& utterances, int64_t most);

// Bits in the codes: 10 where 1,024 are used alike. codes: any shape, int64
double entropy_bits(const Tensor& codes, int64_t entries);

}  // namespace tts
