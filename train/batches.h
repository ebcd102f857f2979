// Training examples, padded into batches of similar length.
#pragma once
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "train/acoustic_data.h"

namespace tts {

// Pads items into one batch on a device; conditions hold the true durations and contours. A row's
// speaker vector is that of its speaker; with `draw` the mean of one to four recordings drawn at
// random, as a prompt would give it, moved by Gaussian noise of that length: somebody with one
// recording is not known by his vector then.
struct SpeakerDraw {
  double noise = 0;  // length of the noise beside a vector of length one
};
Batch make_batch(const std::vector<const AcousticItem*>& items,
                 torch::Device device,
                 const std::optional<SpeakerDraw>& draw = {});

// Up to `most` items, spread over all, in batches of `rows`: validation always sees the same.
// `speaker` empty: of all.
std::vector<Batch> fixed_batches(const std::vector<AcousticItem>& items,
                                 size_t most,
                                 torch::Device device,
                                 const std::string& speaker = "",
                                 size_t rows = 16);

// [B, N] 1 where a phone is: no padding, no pause.
Tensor phone_mask(const Batch& batch);

// Batches of similar length, in random order. An epoch is a function of (seed, epoch) and has as
// many recordings as there are; a speaker's share of them is minutes ^ balance: with 1 each comes
// once, below that those of few minutes come more often and those of many not in every epoch.
class LengthBuckets {
 public:
  LengthBuckets(const std::vector<AcousticItem>& items,
                int64_t batch,
                uint64_t seed,
                double balance = 1);
  std::vector<const AcousticItem*> batch(int64_t step) const;
  double padding_share() const;  // of frames, over one epoch

 private:
  std::vector<size_t> drawn(std::mt19937_64& random) const;
  std::vector<std::vector<size_t>> epoch(int64_t number) const;
  const std::vector<AcousticItem>& items_;
  int64_t batch_;
  uint64_t seed_;
  double balance_;
  std::vector<double> weights_;  // expected times of each item in an epoch
  mutable int64_t cached_epoch_ = -1;
  mutable std::vector<std::vector<size_t>> batches_;
};

}  // namespace tts
