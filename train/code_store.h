// Codes of recordings, kept in a file between runs: encoding hours of speech takes minutes.
#pragma once
#include <torch/torch.h>

#include <functional>
#include <map>
#include <string>

namespace tts {

class CodeStore {
 public:
  // Reads the file if it is there and of the same codec; empty: nothing is kept.
  CodeStore(std::string path, std::string codec_identity);

  // [T, Q] int16: what the store has for `id` if it has `frames`, else what `encode` gives.
  torch::Tensor get(const std::string& id,
                    int64_t frames,
                    const std::function<torch::Tensor()>& encode);

  // Writes the file again if something was added.
  void save();

 private:
  std::string path_, codec_identity_;
  std::map<std::string, torch::Tensor> codes_;
  bool grown_ = false;
};

}  // namespace tts
