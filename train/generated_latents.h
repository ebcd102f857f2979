// What generators make of the training recordings at their own durations, F0 and energy. The
// vocoder learns on it the liveliness that their latents have lost; nothing else, since a sample is
// another realisation than the recording.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "train/acoustic_task.h"

namespace tts {

struct GeneratedLatents {
  struct Item {
    Tensor latents;   // [T, K] standardised
    double gain = 1;  // of the recording that they stand for
  };
  std::map<std::string, Item> items;  // by recording

  static GeneratedLatents from_file(const std::string& path);
  void save(const std::string& path) const;
};

// `most` training recordings of real speakers, spread over all of them; generators take turns.
// Members that write codes are left out.
GeneratedLatents generate_latents(const AcousticData& data,
                                  const std::vector<NamedGenerator>& generators,
                                  size_t most,
                                  torch::Device device);

}  // namespace tts
