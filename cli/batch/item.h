// One of many requests, each of which becomes a file: of --lines and --jsonl, and of `tts batch`.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/options.h"

namespace tts {

// Options as they were written, by name: what an item is recognised by in a later run.
using WrittenOptions = std::map<std::string, std::vector<std::string>>;

// A subtitle.
struct Cue {
  int64_t begin_ms = 0, end_ms = 0;
  std::string text;
  std::string where;  // "cue 3 (line 12)"
};

struct BatchItem {
  std::string where;   // "line 3", "requests.jsonl: line 3", "texts/a.txt"
  std::string id;      // of the results; "" where no name could be read
  std::string output;  // file name in the folder; "" likewise
  std::string text;
  std::vector<Cue> cues;                  // spoken at their times, instead of a text
  std::vector<std::string> cue_warnings;  // what was mended in their file
  bool strict = false;                    // a cue that does not fit fails the item
  std::string voice;                      // "" is the default
  SpeakOptions speak;
  WrittenOptions written;
  std::string book, title;  // of a chapter
  std::string error;  // why it cannot be spoken; such an item fails without stopping the others
};

}  // namespace tts
