// When what was said, tied to the bytes of the text: JSON, SRT or VTT.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/event.h"

namespace tts {

enum class TimingsFormat { kJson, kSrt, kVtt };

// By extension. Throws Error(kUsage) naming the known ones.
TimingsFormat timings_format(const std::string& path);

class Timings {
 public:
  // Takes sentences, words, phonemes, verdicts and the end; leaves the rest.
  void add(const Event& event);

  // `text` is what the spans slice.
  std::string write(TimingsFormat format, std::string_view text, int sample_rate_hz) const;

 private:
  struct Cue {
    SampleSpan samples;
    ByteSpan bytes;
  };
  std::string to_json(int sample_rate_hz) const;
  std::string subtitles(std::string_view text, int sample_rate_hz, bool vtt) const;
  std::vector<Cue> cues() const;

  std::vector<Event> sentences_, words_, phonemes_, verdicts_;
  SampleSpan whole_;
};

}  // namespace tts
