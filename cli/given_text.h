// The text of `tts say` and `tts phonemize`.
#pragma once
#include <optional>
#include <string>

#include "cli/arguments.h"

namespace tts {

// From exactly one place: words, -t, -i, else stdin. A single word that names a file is a warning,
// with `refuse_file` an error. Throws Error: kUsage, kInput.
std::string given_text(const Arguments& arguments, bool refuse_file = false);
// The file that the text is to be read from, "-" for stdin; nothing where it is in the arguments.
// Throws Error(kUsage).
std::optional<std::string> given_file(const Arguments& arguments);

}  // namespace tts
