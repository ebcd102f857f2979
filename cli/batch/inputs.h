// The items of `tts batch`: what files, folders and patterns hold.
#pragma once
#include <vector>

#include "cli/batch/batch_options.h"
#include "cli/batch/item.h"

namespace tts {

// In the order of the inputs; those of a folder by name. What cannot be read in a file is an item
// with an error. Throws Error: kInput for an input that is not there, kUsage for one of unknown
// kind and for two items of one name.
std::vector<BatchItem> read_inputs(const BatchOptions& options);

}  // namespace tts
