// The text of `tts say` and `tts phonemize`.
#pragma once
#include <string>

#include "cli/arguments.h"

namespace tts {

// From exactly one place: words, -t, -i, else stdin. A single word that names a file is a warning,
// with `refuse_file` an error. Throws Error: kUsage, kInput.
std::string given_text(const Arguments& arguments, bool refuse_file = false);

}  // namespace tts
