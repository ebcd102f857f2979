// Chapter marks of books whose chapters are all there.
#pragma once
#include <string>
#include <vector>

#include "cli/batch/batch_run.h"

namespace tts {

// Writes BOOK.ffmetadata into the folder for each book of which every entry is known and done:
// chapters with their titles and their places in the sounds one after the other, to the sample.
// → the files that were written anew. Throws Error(kOutput).
std::vector<std::string> write_marks(const std::vector<BatchEntry>& entries,
                                     const std::string& folder);

// Sounds in the folder that are named as chapters of its books, BOOK-NN.EXT, and are none: of a run
// before chapters were taken out.
std::vector<std::string> chapters_left(const std::vector<BatchEntry>& entries,
                                       const std::string& folder);

}  // namespace tts
