// Text that stands for another notation of the caller's, with the way back for spans.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/text_types.h"

namespace tts {

struct RewrittenText {
  std::string text;               // what the front end reads
  std::vector<ByteSpan> origins;  // for each byte of it, which of the caller's bytes it stands for
};

// Turns every span of a document of `rewritten.text` into one of the caller's text.
void restore_spans(const RewrittenText& rewritten, std::string_view written, Document& document);

}  // namespace tts
