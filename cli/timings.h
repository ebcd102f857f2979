// When what was said, tied to the bytes of the text: JSON, SRT or VTT.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/event.h"

namespace tts {

// SSML's text for subtitles, byte for byte at the same places: tags and comments are characters
// that subtitles leave out.
std::string without_markup(std::string_view xml);

enum class TimingsFormat { kJson, kSrt, kVtt };

// By extension. Throws Error(kUsage) naming the known ones.
TimingsFormat timings_format(const std::string& path);

class Timings {
 public:
  // Takes sentences, words, phonemes, marks, verdicts and the end; leaves the rest.
  void add(const Event& event);

  // `text` is what the spans slice; of SSML without_markup().
  std::string write(TimingsFormat format, std::string_view text, int sample_rate_hz) const;

 private:
  struct Cue {
    SampleSpan samples;
    ByteSpan bytes;
  };
  std::string to_json(int sample_rate_hz) const;
  std::string subtitles(std::string_view text, int sample_rate_hz, bool vtt) const;
  std::vector<Cue> cues() const;

  std::vector<Event> sentences_, words_, phonemes_, marks_, verdicts_;
  SampleSpan whole_;
};

}  // namespace tts
