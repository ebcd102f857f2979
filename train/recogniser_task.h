// Training the phoneme recogniser: CTC on the recordings' symbols, beside it the phone of each
// frame where alignments are given, which teaches the blocks within minutes what CTC alone finds in
// hours. Recordings are warped, equalised and disturbed (train/disturb.h), and stripes of the
// spectrogram are blanked (Park et al., "SpecAugment", 2019).
#pragma once
#include <map>

#include "analysis/recogniser.h"
#include "train/alignments.h"
#include "train/corpus.h"
#include "train/loop.h"

namespace tts {

struct RecogniserTaskOptions {
  int64_t batch_frames = 1200;         // codec frames of a batch, about
  double warp_semitones = 3.5;         // recordings are played -n … n semitones higher,
  double warp_formants = 2;            // and half of them have formants -n … n higher besides
  double coded_share = 0.25;           // of them (train/audio_coding.h)
  double drop_share = 0.02;            // of each speaker's recordings: the worst alignments
  int64_t validation_recordings = 24;  // of each speaker
  torch::Device device = torch::kCPU;
  OptimiserOptions optimiser = {2e-3, 2e-5, 60, 0.9, 0.99, 0.01, 3.0, 0.995};
};

// All phones of the corpus, sorted.
std::vector<std::string> recogniser_phones(const Corpus& corpus);

class RecogniserTask : public Task {
 public:
  // Recordings without an alignment learn from CTC alone. Throws kInput when a phone of the corpus
  // is not among the recogniser's, or when no recording is left.
  RecogniserTask(Recogniser recogniser,
                 const Corpus& corpus,
                 const Alignments& alignments,
                 RecogniserTaskOptions options);
  Metrics step(int64_t step) override;
  // per: phone errors / phones of the held-back recordings, read greedily; per_NAME of each
  // speaker; frames: share of wrong frames, against the alignments.
  Metrics validate() override;
  std::vector<std::pair<std::string, torch::nn::Module*>> modules() override {
    return {{"recogniser", recogniser_.get()}};
  }
  std::vector<std::pair<std::string, Optimiser*>> optimisers() override {
    return {{"recogniser", &optimiser_}};
  }
  void export_to(const std::string& folder) override { save_recogniser(recogniser_, folder); }

 private:
  struct Example {
    const Utterance* recording = nullptr;
    std::vector<int64_t> labels;  // outputs of the phones
    std::vector<int64_t> frames;  // [T] the output of each frame; empty: not known
  };
  struct Rows;

  Example example_of(const Utterance& u, const Alignments& alignments) const;
  Rows draw_rows() const;
  Tensor as_another(const Tensor& wave) const;

  Recogniser recogniser_;
  RecogniserTaskOptions options_;
  std::map<std::string, int64_t> output_;                  // of a phone
  std::vector<Example> train_;                             // by length
  std::map<std::string, std::vector<Example>> held_back_;  // by speaker
  Optimiser optimiser_;
};

}  // namespace tts
