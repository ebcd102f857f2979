// A monotonic pointer over the symbols (Han et al., "VALL-E R", 2024): after every frame it stays
// with its symbol or goes on to the next, so that nothing is skipped or repeated and the times come
// with the sound. It walks over frames that were planned, those of the duration model: a frame is
// told what was planned for it, or the last frame planned for its symbol once those are used up.
#pragma once
#include "acoustic/tokens/token_condition.h"

namespace tts {

class PointerImpl : public torch::nn::Module {
 public:
  explicit PointerImpl(int64_t channels);
  // What a frame is told besides: how many frames of its symbol came before it, and how many are
  // planned. [B, T] int64 each → [B, T, C], zero in a fresh network
  Tensor told(const Tensor& spent, const Tensor& planned);
  // hidden: [B, T, C] of the trunk → [B, T] logits that a frame is the last of its symbol
  Tensor leaves(const Tensor& hidden);

 private:
  torch::nn::Linear told_, leaves_;
};
TORCH_MODULE(Pointer);

// How many frames of its symbol come before each frame. durations: [B, N], symbol: [B, T] of
// frame_to_symbol → [B, T]
Tensor frames_spent(const Tensor& durations, const Tensor& symbol);

// A plan for training that is as wrong as a duration model's, and how the true frames walk over it.
struct PointerPlan {
  // the frame encoder's, with planned durations and contours stretched to them
  Condition condition;
  Tensor place;    // [B, T] planned frame of each true frame
  Tensor spent;    // [B, T] frames of its symbol before it
  Tensor planned;  // [B, T] frames planned for its symbol
  Tensor last;     // [B, T] float, 1 at the last frame of each symbol
  Tensor mask;     // [B, T, 1] float, 1 where valid
  Tensor free;     // [B, 1] float, 1 for rows whose plan is not exact: there the pointer learns
};
// Half of the rows get an exact plan: durations that are to be obeyed stay known to the network.
PointerPlan draw_pointer_plan(const Condition& condition);

// The pointers of all rows while frames are written. A symbol is left when it is more likely than
// not to have ended; with a temperature that bound is drawn for each symbol, so that at 1 durations
// are drawn as the network believes them, and their median is the same at any. Symbols without
// planned frames are passed over, others get at least one frame and at most kLongest times those
// planned, and one more.
class PointerWalk {
 public:
  static constexpr double kLongest = 2.5;
  // durations: [B, N] planned
  PointerWalk(const Tensor& durations, const Sampling& sampling);
  int64_t most_frames() const { return most_frames_; }
  bool done() const;
  // Of the frame that is next, [B, 1]; rows that are done stay at their last frame.
  Tensor place() const;
  Tensor spent() const;
  Tensor planned() const;
  // leaves: [B, 1] probability that the frame was the last of its symbol
  void advance(const Tensor& leaves);
  Tensor durations() const;  // [B, N] written so far
  Tensor lengths() const;    // [B]

 private:
  struct Row {
    std::vector<int64_t> planned, written;
    std::vector<float> bounds;  // a symbol is left when it stays with less probability than this
    size_t symbol = 0;
    int64_t start = 0;  // of the symbol in the plan
    double stays = 1;   // probability that the symbol lasts beyond the frames written
    bool done() const { return symbol >= planned.size(); }
    void enter();  // passes over symbols without frames
  };
  template <typename Value>
  Tensor of_rows(Value value) const;
  std::vector<Row> rows_;
  torch::Device device_;
  int64_t most_frames_ = 0;
};

}  // namespace tts
