// Plain inverse-STFT vocoder (Siuzdak, "Vocos", 2023): the network writes magnitude and phase of
// every bin.
#pragma once
#include "vocoder/trunk.h"
#include "vocoder/vocoder.h"

namespace tts {

class InverseStftVocoder : public Vocoder {
 public:
  explicit InverseStftVocoder(const TrunkOptions& options);
  VocoderOutput stream(const Tensor& latents,
                       bool last,
                       VocoderStream& state,
                       const VocoderTeacher& teacher = {}) override;
  int64_t lookahead_frames() const override { return options_.lookahead_frames() + 1; }
  nlohmann::json to_json() const override;

 private:
  TrunkOptions options_;
  Trunk trunk_;
  torch::nn::Linear head_;
};

}  // namespace tts
