// What AudioWriter writes with: one encoder for WAV and raw samples, one for what libsndfile
// encodes.
#pragma once
#include <memory>
#include <string>

#include "audio/file.h"

namespace tts {

class AudioEncoder {
 public:
  virtual ~AudioEncoder() = default;
  virtual void write(const float* samples, size_t count) = 0;
  virtual void finish() = 0;  // the last bytes, then the file appears under its name
};

// WAV (header) or s16le (no header), 16 bits, by hand: nothing to load.
std::unique_ptr<AudioEncoder> pcm_encoder(const std::string& path, int sample_rate_hz, bool header);

// format: a sndfile::k… number.
std::unique_ptr<AudioEncoder> sndfile_encoder(const std::string& path,
                                              int sample_rate_hz,
                                              int format);

// Full scale is 32768, so that reading gives back what was written. Clamped; not a number is 0.
int16_t to_pcm16(float sample);

}  // namespace tts
