// SRT and VTT.
#pragma once
#include <string>
#include <vector>

#include "cli/batch/item.h"

namespace tts {

// The cues that have a text, without its markup. Throws Error(kInput) naming the line: for times
// that are none, and for cues that do not follow each other.
std::vector<Cue> parse_subtitles(const std::string& content);

}  // namespace tts
