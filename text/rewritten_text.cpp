#include "text/rewritten_text.h"

#include <algorithm>

namespace tts {

void restore_spans(const RewrittenText& rewritten, std::string_view written, Document& document) {
  const auto& origins = rewritten.origins;
  const auto restore = [&](ByteSpan& span) {
    if (origins.empty()) {
      span = {};
      return;
    }
    const size_t last = origins.size() - 1, begin = std::min(span.begin, last);
    const size_t behind = span.end > span.begin ? std::min(span.end - 1, last) : begin;
    span = {origins[begin].begin, std::max(origins[begin].begin, origins[behind].end)};
  };
  for (auto& sentence : document.sentences) {
    restore(sentence.span);
    for (auto& word : sentence.words) {
      restore(word.span);
      word.written = written.substr(word.span.begin, word.span.end - word.span.begin);
    }
  }
  for (auto& warning : document.warnings) restore(warning.span);
}

}  // namespace tts
