// --lines and --jsonl: many requests, one file each.
#pragma once
#include <string>
#include <vector>

#include "cli/say_options.h"

namespace tts {

struct BatchItem {
  size_t line = 0;     // 1 is the first
  std::string output;  // file name in the folder
  std::string text;
  std::string voice;  // "" is the default
  SpeakOptions speak;
  std::string error;  // why it cannot be spoken; such an item fails without stopping the others
};

// The items of options.text. Throws Error(kUsage) when two would be the same file, Error(kInput)
// when there are none.
std::vector<BatchItem> batch_items(const SayOptions& options);

// Speaks them into the folder, each file whole or not at all. → 0, or 1 when some failed.
// Throws Error(kCancelled) when interrupted.
int say_batch(const SayOptions& options);

}  // namespace tts
