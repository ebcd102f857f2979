// State of one stream through a chain of causal blocks: the law is that feeding a signal piecewise
// gives what feeding it whole gives. A block asks for its cache in the order in which blocks run,
// so offline is simply a fresh state fed once with `last`.
#pragma once
#include <torch/torch.h>

#include <vector>

namespace tts {

class StreamState {
 public:
  // Call before each chunk. `last`: nothing follows, so look-ahead is filled with zeros.
  void begin_chunk(bool last) {
    next_ = 0;
    last_ = last;
  }
  bool last() const { return last_; }

  // The cache of the block that asks; undefined at the first chunk.
  torch::Tensor& cache() {
    if (next_ == caches_.size()) caches_.emplace_back();
    return caches_[next_++];
  }

 private:
  std::vector<torch::Tensor> caches_;
  size_t next_ = 0;
  bool last_ = false;
};

}  // namespace tts
