// --lines and --jsonl: many requests, one file each.
#pragma once
#include "cli/say_options.h"

namespace tts {

// Speaks the items of options.text into the folder, each file whole or not at all. → 0, 1 when some
// failed, or kExitFlagged (verdicts.h). Throws Error: kUsage when two would be the same file,
// kInput when there are none, kCancelled when interrupted.
int say_batch(const SayOptions& options);

}  // namespace tts
