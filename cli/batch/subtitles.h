// SRT and VTT.
#pragma once
#include <string>
#include <vector>

#include "cli/batch/item.h"

namespace tts {

struct Subtitles {
  std::vector<Cue> cues;              // that have a text, without its markup; each begins later
  std::vector<std::string> warnings;  // what was mended or left out, naming the cue
};

// Mends what subtitles in the wild have (subtitle_repair.h). `strict`: throws Error(kInput) naming
// the line instead, for times that are none or have no milliseconds, and for cues that do not
// follow each other. Throws it in any case when no cue has a text.
Subtitles parse_subtitles(const std::string& content, bool strict);

}  // namespace tts
