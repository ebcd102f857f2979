// What a network makes of recordings (codes, speaker vectors), kept in a file between runs: hours
// of speech take minutes.
#pragma once
#include <torch/torch.h>

#include <functional>
#include <map>
#include <string>

namespace tts {

class RecordingCache {
 public:
  // Reads the file if it is there and of the same maker (a hash of the network's weights); an empty
  // path keeps nothing.
  RecordingCache(std::string path, std::string made_by);

  // What is kept for `id` if it is of `size` along its first axis, else what `make` gives.
  torch::Tensor get(const std::string& id,
                    int64_t size,
                    const std::function<torch::Tensor()>& make);

  // Writes the file again if something was added.
  void save();

 private:
  std::string path_, made_by_;
  std::map<std::string, torch::Tensor> kept_;
  bool grown_ = false;
};

}  // namespace tts
