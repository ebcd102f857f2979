// Recordings → token files and back, in pieces: memory does not grow with what lies between.
#pragma once
#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "codec/token_file.h"
#include "engine/codec_bundle.h"

namespace tts {

// samples: [S] at 24 kHz. The last frame is filled with silence. Pieces overlap by more than the
// encoder sees, so that the codes are those of the whole. Throws Error(kCancelled).
TokenFile encode_audio(const CodecBundle& bundle,
                       const std::vector<float>& samples,
                       int codebooks,
                       const std::atomic<bool>& cancelled);

using SampleSink = std::function<void(const float* samples, size_t count)>;

// Exactly tokens.samples samples. Throws Error(kInput) for more codebooks than the codec has,
// Error(kCancelled).
void decode_tokens(const CodecBundle& bundle,
                   const TokenFile& tokens,
                   const SampleSink& sink,
                   const std::atomic<bool>& cancelled);

}  // namespace tts
