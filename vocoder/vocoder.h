// The vocoder family: codec latents → waveform, whole or as a stream.
#pragma once
#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

#include "core/config.h"
#include "core/random.h"
#include "nn/streaming.h"

namespace tts {

using torch::Tensor;

// 100 Hz sub-frames (two per codec frame) are the resolution of F0 inside every vocoder.
inline constexpr int64_t kSubFrameSamples = 240;

// What training knows better than the latents do. All parts may be undefined.
struct VocoderTeacher {
  Tensor log_f0;   // [B, 2T] natural log of Hz, interpolated through unvoiced frames
  Tensor voicing;  // [B, 2T] 0 … 1
};

struct VocoderOutput {
  Tensor wave;       // [B, S], S = 480 T
  Tensor f0_logits;  // [B, 2T, bins] where the member reads F0 from the latents, else undefined
  Tensor log_f0;     // [B, 2T] what the head read
  Tensor voicing;    // [B, 2T]
  Tensor filters;    // [B, 4T, 3, F] log gain and phase for harmonics, log gain for noise; what a
                     // source-filter member shapes its excitations with, else undefined
};

// The state of one stream (or of one batch of streams in step). It belongs to the call, never to
// the module.
struct VocoderStream {
  // One random stream per batch row feeds the noise excitation.
  explicit VocoderStream(std::vector<RandomStream> noise = {}) : noise_streams(std::move(noise)) {}
  StreamState convolutions;
  std::vector<RandomStream> noise_streams;  // empty: torch's generator (training)
  int64_t samples_excited = 0;
  Tensor phase;            // [B] double, cycles
  Tensor previous_f0;      // [B, 1] Hz
  Tensor recently_voiced;  // [B, n] bool
  Tensor excitation;       // [B, 3, n] harmonic, noise and F0 in Hz, samples not yet used up
  Tensor filters;          // [B, m, …] sub-frame filters waiting for their excitation
  Tensor overlap;          // [B, n] overlap-add tail
  int64_t skip = -1;       // samples of the start-up ramp still to drop
  double pitch_ratio = 1;  // multiplies the F0 read from the latents
};

class Vocoder : public torch::nn::Module {
 public:
  // Feeds latents [B, T, D] and returns the samples that became certain. After `last` the pieces
  // add up to exactly 480 samples for each frame fed. Look-ahead is lookahead_frames() codec
  // frames.
  virtual VocoderOutput stream(const Tensor& latents,
                               bool last,
                               VocoderStream& state,
                               const VocoderTeacher& teacher = {}) = 0;
  virtual int64_t lookahead_frames() const = 0;
  // Type and dimensions, as in voice.json; make_vocoder reads it back.
  virtual nlohmann::json to_json() const = 0;

  // Whole = one piece. → [B, 480 T]
  VocoderOutput forward(const Tensor& latents, const VocoderTeacher& teacher = {}) {
    VocoderStream state;
    return stream(latents, true, state, teacher);
  }
};

// The members by name. `config` has "type" and the member's dimensions; an unknown type names those
// known.
std::shared_ptr<Vocoder> make_vocoder(Config config);
std::vector<std::string> vocoder_types();

}  // namespace tts
