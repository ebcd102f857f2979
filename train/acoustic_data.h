// Training examples for durations and generators: symbols, their frames, and the codec's latents.
#pragma once
#include <map>
#include <random>
#include <string>
#include <vector>

#include "codec/codec.h"
#include "core/types.h"
#include "core/voice_manifest.h"
#include "train/alignments.h"
#include "train/corpus.h"

namespace tts {

struct AcousticItem {
  std::string id, text;
  Tensor symbols, attributes;  // [N] int64
  Tensor optional;             // [N] bool: word boundaries and punctuation, which may take no frame
  Tensor durations;            // [N] int64
  Tensor latents;              // [T, K] standardised; undefined when no codec was given
  Tensor log_f0, voicing, energy;  // [N] float per symbol
  int64_t frames = 0;
};

struct AcousticDataOptions {
  double drop_share = 0.02;    // the worst alignments, by score
  int64_t longest_phone = 40;  // frames; a longer one is a mistake
  int64_t validation_every =
      20;  // every k-th sentence text is the validation split of the trainers
};

struct AcousticData {
  std::vector<std::string> symbol_table;
  VoiceStatistics statistics;
  std::vector<AcousticItem> train, validation, held_back;
  std::vector<std::string> dropped;  // ids left out for a bad alignment, with the reason
};

// `codec` may be null (durations need no latents).
AcousticData make_acoustic_data(const Corpus& corpus,
                                const Alignments& alignments,
                                Codec* codec,
                                const AcousticDataOptions& options,
                                const std::vector<std::string>& symbol_table = {});

// All symbols of the corpus, silence first.
std::vector<std::string> make_symbol_table(const Corpus& corpus);
bool is_optional_symbol(const std::string& phone);

// Pads items into one batch on a device; conditions hold the true durations and contours.
Batch make_batch(const std::vector<const AcousticItem*>& items, torch::Device device);

// Batches of similar length, in random order. The order of an epoch is a function of (seed, epoch).
class LengthBuckets {
 public:
  LengthBuckets(const std::vector<AcousticItem>& items, int64_t batch, uint64_t seed);
  std::vector<const AcousticItem*> batch(int64_t step) const;
  double padding_share() const;  // of frames, over one epoch

 private:
  std::vector<std::vector<size_t>> epoch(int64_t number) const;
  const std::vector<AcousticItem>& items_;
  int64_t batch_;
  uint64_t seed_;
  mutable int64_t cached_epoch_ = -1;
  mutable std::vector<std::vector<size_t>> batches_;
};

}  // namespace tts
