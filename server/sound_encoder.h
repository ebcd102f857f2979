// Samples → the bytes of a sound file, handed on as they come: what a client can play while it
// loads.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "audio/file.h"

namespace tts {

struct SoundFormat {
  const char* name;  // of response_format
  AudioFormat format;
  const char* content_type;
};

// The first is OpenAI's default.
const std::vector<SoundFormat>& sound_formats();

using ByteSink = std::function<void(std::string_view bytes)>;

// A file whose length nobody knows yet: WAV has sizes of 0xFFFFFFFF ("until the end"), FLAC no
// number of samples, MP3 no length; Ogg needs none.
class SoundEncoder {
 public:
  virtual ~SoundEncoder() = default;
  virtual void write(const std::vector<float>& samples) = 0;
  virtual void finish() = 0;
};

// Throws Error(kUsage) when the format does not have the rate.
std::unique_ptr<SoundEncoder> make_sound_encoder(AudioFormat format,
                                                 int sample_rate_hz,
                                                 ByteSink sink);

}  // namespace tts
