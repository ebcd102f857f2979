// Log-mel at 100 Hz → latents at 50 Hz.
#pragma once
#include <torch/torch.h>

#include "core/config.h"
#include "nn/blocks.h"

namespace tts {

struct EncoderOptions {
  int64_t mel_bands = 100;
  int64_t channels_100hz = 192;
  int64_t blocks_100hz = 2;
  int64_t channels_50hz = 256;
  int64_t blocks_50hz = 3;
  int64_t latent = 64;
  bool band_aware = false;  // takes the recording's band limit; codec.json may leave it out
  static EncoderOptions from(Config config);
  nlohmann::json to_json() const;
};

// ConvNeXt encoder. Frames are normalised over channels only, never over time.
class EncoderImpl : public torch::nn::Module {
 public:
  explicit EncoderImpl(const EncoderOptions& options);
  // log_mel: [B, 2T, mel_bands] (LogMel::frames) → [B, T, D]
  // known: [B, mel_bands] bool, false for bands above what was recorded: these the encoder gets as
  // their mean, whatever noise a resampler left there. Undefined: all are known.
  Tensor forward(const Tensor& log_mel, const Tensor& known = {});

 private:
  FrameConv input_;
  torch::nn::ModuleList fast_;  // at 100 Hz
  torch::nn::Linear down_;      // two 100 Hz frames become one
  torch::nn::ModuleList slow_;  // at 50 Hz
  torch::nn::LayerNorm norm_;
  torch::nn::Linear output_;
};
TORCH_MODULE(Encoder);

}  // namespace tts
