// Text to frame-rate features, shared by the generators of a voice: a ConvNeXt text encoder, the
// length regulator of FastSpeech (Ren et al. 2019) and the conditions every generator follows (F0,
// energy, position).
#pragma once
#include <torch/torch.h>

#include "core/config.h"
#include "core/types.h"
#include "nn/blocks.h"

namespace tts {

struct FrameEncoderOptions {
  int64_t symbols = 0;  // size of the symbol table
  int64_t channels = 192;
  int64_t text_blocks = 4;
  int64_t frame_blocks = 2;
  double dropout = 0.2;
  int64_t languages = 0;       // told apart by an embedding; 0: one language
  int64_t speaker_vector = 0;  // V, width of a speaker vector; 0: one speaker
  int64_t speaker_width = 0;   // S, width of what is made of it for the adaptive norms of the frame
                               // blocks and of the generators; 0: it is only added to the frames
  double symbol_dropout = 0.1;  // share of symbols hidden in training: sentences are soon known by
                                // heart, so neighbours must not be a key to them
  static FrameEncoderOptions from(Config config);
  nlohmann::json to_json() const;
};

class FrameEncoder : public torch::nn::Module {
 public:
  explicit FrameEncoder(const FrameEncoderOptions& options);

  struct Output {
    Tensor features;  // [B, T, C]
    Tensor mask;      // [B, T, 1] float, 1 where valid
    Tensor lengths;   // [B] int64 frames
    Tensor speaker;   // [B, 1, S] for adaptive norms; undefined where S is 0
  };
  // Needs symbols, attributes, symbol_lengths, durations, and language and speakers where its
  // options say so; uses log_f0, voicing, energy [B, T] where given. The language goes into the
  // text, the speaker into the frames: a voice keeps its sound in a language that it never spoke.
  Output forward(const Condition& condition);
  // The symbols alone, with the language: no durations are needed. → [B, N, C], zero in the padding
  Tensor encode_text(const Condition& condition);

  const FrameEncoderOptions& options() const { return options_; }
  // Blocks at the frames' rate, of the encoder's width: their norms adapt to the speaker where S
  // says so.
  ConvNeXtOptions block_options(double dropout) const;

 private:
  Tensor with_conditions(const Tensor& text, const Tensor& index, const Condition& condition);
  FrameEncoderOptions options_;
  torch::nn::Embedding symbol_, attribute_, language_{nullptr};
  torch::nn::ModuleList text_blocks_;
  torch::nn::Linear position_, prosody_, speaker_{nullptr}, speaker_norm_{nullptr};
  torch::nn::ModuleList frame_blocks_;
};

// Which symbol each frame belongs to. durations: [B, N] int64 → [B, T] int64 (T is the longest row;
// padding frames point at the last symbol).
Tensor frame_to_symbol(const Tensor& durations);

}  // namespace tts
