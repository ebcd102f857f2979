// A take is one segment with its durations: how many frames each symbol lasts, which of its samples
// are kept (edge silence is trimmed), and where they lie in the output.
#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/types.h"
#include "engine/event.h"
#include "engine/segments.h"
#include "engine/symbol_encoder.h"

namespace tts {

// How a take is made: by whom, and with which chance.
struct Rendition {
  std::string generator;
  uint64_t seed = 0;
};

struct Take {
  EncodedSymbols symbols;
  Condition condition;          // B = 1, with durations, log_f0, voicing, energy
  Prosody prosody;              // B = 1, as predicted
  std::vector<double> lengths;  // [N] frames as predicted, not rounded
  std::vector<bool> optional;   // [N] pauses that may take no frame
  std::vector<int64_t> frames;  // [N] per symbol
  Tensor made;                  // what a generator that sets durations itself wrote: [1, T, Q]
  std::string language;         // BCP 47
  Gap after;
  uint32_t utterance = 0;  // key of its random numbers
  Rendition rendition;     // that is tried first
  bool settled = false;    // … and alone: others were tried before its place was known
  int tries = 1;           // so far

  // Samples, set by place(). A take of T frames makes 480 T samples, [cut_begin, cut_end) are kept.
  int64_t silence_before = 0;  // exact zeros to write first
  int64_t cut_begin = 0, cut_end = 0;
  int64_t start = 0;  // where sample 0 of the take lies in the output; may be negative

  bool speaks() const;  // has a phone
  int64_t total_samples() const;
  int64_t lead_samples() const;   // before the first phone
  int64_t trail_samples() const;  // after the last phone
  // Where symbol i is heard, in the output at the voice's rate.
  SampleSpan span_of(size_t symbol) const;
};

// Lays takes one after the other, so that from the last phone of one to the first phone of the next
// it is exactly the gap between them.
class Placement {
 public:
  void place(Take& take);
  // At least so long a natural gap before the next take.
  void lengthen_gap(double seconds) { natural_s_ = std::max(natural_s_, seconds); }
  // Silence still owed after the last take: an exact pause at the end of the text.
  int64_t rest() const;
  // The same, or the silence that stands for a text without a phone and a pause.
  int64_t end_silence() const;
  int64_t position() const { return position_; }

 private:
  int64_t wanted_gap() const;
  int64_t position_ = 0;     // samples placed so far
  int64_t since_phone_ = 0;  // of those, after the last phone
  bool spoken_ = false;      // there was a phone
  double natural_s_ = 0;     // gap asked for since the last phone
  double exact_s_ = -1;      // -1: none
};

}  // namespace tts
