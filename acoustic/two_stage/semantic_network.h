// The first stage of MaskGCT (Wang et al. 2024): which semantic token does each frame have, given
// the symbols and the number of frames alone? A transformer over [symbols; frames] in which
// everything sees everything. No durations are given: where a frame stands in the text is read from
// rotary positions. The symbols are spread over the frames by the share that a small head gives
// each of them (spread evenly, they were within reach of the right frames only in short sentences).
#pragma once
#include "acoustic/frame_encoder.h"
#include "nn/attention.h"

namespace tts {

struct SemanticNetworkOptions {
  int64_t entries = 512;   // semantic tokens
  int64_t channels = 192;  // C
  int64_t heads = 4;
  int64_t blocks = 4;
  double dropout = 0.2;
  int64_t text = 192;          // width of the encoded symbols
  int64_t speaker_vector = 0;  // V; 0: one speaker
  int64_t known = 64;          // width of what is told of known frames
};

class SemanticNetworkImpl : public torch::nn::Module {
 public:
  explicit SemanticNetworkImpl(const SemanticNetworkOptions& options);

  struct Told {
    Tensor text;            // [B, N, text] encoded symbols
    Tensor symbol_lengths;  // [B]
    Tensor frame_lengths;   // [B]
    Tensor speakers;        // [B, K, V] where there are several
    Tensor known;           // [B, T, known] of frames whose codes are known, zero elsewhere
    Tensor without_text;    // [B] bool: rows that are not told the text; undefined: none
  };
  struct Output {
    Tensor log_probabilities;  // [B, T, entries]
    Tensor attention;          // [B, T, N] how much a frame looks at a symbol, in all blocks
  };
  // Where the middle of each symbol is expected, in frames, increasing: [B, N] float
  Tensor centres(const Told& told);
  // tokens: [B, T], unknown() where not known
  Output forward(const Told& told, const Tensor& tokens);

  int64_t unknown() const { return options_.entries; }

 private:
  Tensor symbols_of(const Told& told);                       // → [B, N, C]
  Tensor frames_of(const Told& told, const Tensor& tokens);  // → [B, T, C]
  SemanticNetworkOptions options_;
  torch::nn::Linear text_, known_, speaker_{nullptr}, share1_, share2_;
  torch::nn::Embedding token_;
  Tensor no_text_;  // [C] stands for every symbol of a row without text
  torch::nn::ModuleList blocks_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear output_;
};
TORCH_MODULE(SemanticNetwork);

// Durations that a diagonal of attention suggests: the monotone path through [T, N] of the highest
// sum of logarithms (monotonic alignment search, Kim et al., "Glow-TTS", 2020), on which a symbol
// may last no frame. attention: [B, T, N]; lengths: [B] → [B, N] int64, each row its frames in all
Tensor durations_along(const Tensor& attention,
                       const Tensor& frame_lengths,
                       const Tensor& symbol_lengths);

}  // namespace tts
