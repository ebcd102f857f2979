// What telephones and small sound files leave of a recording: coded and decoded again by
// libsndfile, in memory.
#pragma once
#include <torch/torch.h>

#include <array>

namespace tts {

enum class AudioCoding {
  kMuLaw,   // ITU-T G.711 at 8 kHz
  kGsm,     // GSM 06.10 at 8 kHz, 13 kbit/s
  kVorbis,  // at 24 kHz, as the others below
  kOpus,
  kMp3,
};
inline constexpr std::array kAudioCodings = {AudioCoding::kMuLaw,
                                             AudioCoding::kGsm,
                                             AudioCoding::kVorbis,
                                             AudioCoding::kOpus,
                                             AudioCoding::kMp3};

// wave: [S] float at 24 kHz, clamped to [-1, 1] → [S], without delay. `fineness` 0 … 1: from the
// fewest bits to half of what a listener would want; telephones have one only. Throws kInput when
// libsndfile is missing or does not know the coding.
torch::Tensor coded(const torch::Tensor& wave, AudioCoding coding, double fineness);

}  // namespace tts
