// What is wrong with subtitles in the wild, and what they mean.
#pragma once
#include "cli/batch/subtitles.h"

namespace tts {

// A cue as it stands in its file.
struct WrittenCue {
  int64_t begin_ms = 0, end_ms = 0;
  std::vector<std::string> lines;  // without markup
  std::string where;

  std::string text() const;
};

// Cues in the order of their times; those of one time are one. One that ends before it begins
// lasts as long as its text takes to read, at most until the next. Lines that roll up a screen, as
// in captions of broadcasts and videos, are said when they first come.
Subtitles repaired(std::vector<WrittenCue> cues);

}  // namespace tts
