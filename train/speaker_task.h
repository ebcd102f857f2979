// Training the speaker encoder on recordings, their warps as further speakers, and the same random
// equaliser, noise and coding for all, so that it learns voices and not how they were recorded.
#pragma once
#include <map>

#include "analysis/speaker_encoder.h"
#include "train/corpus.h"
#include "train/loop.h"

namespace tts {

struct SpeakerTaskOptions {
  int64_t speakers = 12, recordings = 5;  // of a batch
  double crop_s = 1.8;
  int warp_semitones = 3;          // warps by -3 … 3 semitones are speakers of their own,
  int warp_formants = 2;           // each with formants by -2 … 2 besides
  double coded_share = 0.5;        // of the crops (train/audio_coding.h)
  std::set<std::string> hold_out;  // speakers only measured on
  // An encoder whose vectors of undisturbed crops are kept, for networks trained on them; or null.
  SpeakerEncoder kept{nullptr};
  double keep_weight = 10;
  torch::Device device = torch::kCPU;
  OptimiserOptions optimiser = {1e-3, 1e-4, 100, 0.9, 0.99, 0.01, 3.0, 0.995};
};

class SpeakerTask : public Task {
 public:
  SpeakerTask(SpeakerEncoder encoder, const Corpus& corpus, SpeakerTaskOptions options);
  Metrics step(int64_t step) override;
  // eer: equal error rate of 2.5 s crops of the held-back recordings and of warps between the
  // trained ones; eer_coded: the same crops each coded in one of the ways; eer_unseen: of the
  // speakers held out. kept, kept_coded: mean cosine with the vectors that are to be kept.
  Metrics validate() override;
  std::vector<std::pair<std::string, torch::nn::Module*>> modules() override;
  std::vector<std::pair<std::string, Optimiser*>> optimisers() override {
    return {{"speaker", &optimiser_}};
  }
  // speaker.safetensors and speaker.json
  void export_to(const std::string& folder) override;

 private:
  using Group = std::vector<const Utterance*>;
  struct Crops {
    Tensor clean, disturbed;  // [speakers · recordings, S]
  };
  Crops draw_crops() const;
  void measure(const std::map<std::string, Group>& groups,
               bool coded,
               const std::string& suffix,
               Metrics& metrics);

  SpeakerEncoder encoder_;
  SpeakerTaskOptions options_;
  torch::nn::Module loss_;  // the scale and shift of the loss
  Tensor scale_, shift_;
  std::map<std::string, Group> train_, held_back_, unseen_;  // by speaker
  Optimiser optimiser_;
};

}  // namespace tts
