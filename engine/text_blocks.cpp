#include "engine/text_blocks.h"

#include <algorithm>

namespace tts {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

// Behind the empty line (and all white space after it) that starts at or after `at`; npos: none.
size_t behind_empty_line(std::string_view text, size_t at) {
  for (size_t line = text.find('\n', at); line != text.npos; line = text.find('\n', line + 1)) {
    size_t end = line + 1;
    bool empty = false;
    for (; end < text.size() && is_space(text[end]); ++end) empty |= text[end] == '\n';
    if (empty) return end;
  }
  return text.npos;
}

// "ends here. And": an end that is no abbreviation, three small letters before the mark.
bool ends_sentence(std::string_view text, size_t i) {
  return i >= 4 && is_space(text[i]) &&
         (text[i - 1] == '.' || text[i - 1] == '!' || text[i - 1] == '?') &&
         is_lower(text[i - 2]) && is_lower(text[i - 3]) && is_lower(text[i - 4]);
}

// The last place in (begin, limit] behind which `fits` says a block may end, else `limit`.
template <typename Fits>
size_t last_place(std::string_view text, size_t begin, size_t limit, Fits fits) {
  for (size_t i = limit - 1; i > begin; --i) {
    if (fits(i)) return i + 1;
  }
  return text.npos;
}

size_t forced_end(std::string_view text, size_t begin, size_t limit) {
  const size_t half = begin + (limit - begin) / 2;
  const auto line = last_place(text, half, limit, [&](size_t i) { return text[i] == '\n'; });
  if (line != text.npos) return line;
  const auto sentence =
      last_place(text, begin, limit, [&](size_t i) { return ends_sentence(text, i); });
  if (sentence != text.npos) return sentence;
  const auto space = last_place(text, begin, limit, [&](size_t i) { return is_space(text[i]); });
  if (space != text.npos) return space;
  while (limit > begin + 1 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return limit;
}

// A [[…]] that lies across `end` is moved into the next block, where there is one short enough.
size_t before_markup(std::string_view text, size_t begin, size_t end) {
  const size_t open = text.substr(begin, end - begin).rfind("[[");
  if (open == text.npos || open == 0) return end;
  const size_t close = text.find("]]", begin + open);
  const bool across = close != text.npos && close + 2 > end && close - (begin + open) < kBlockBytes;
  return across ? begin + open : end;
}

}  // namespace

size_t block_end(std::string_view text, size_t begin) {
  if (text.size() - begin <= kMaxBlockBytes) return text.size();
  const size_t limit = begin + kMaxBlockBytes;
  const size_t paragraph = behind_empty_line(text.substr(0, limit), begin + kBlockBytes);
  const size_t end = paragraph != text.npos ? paragraph : forced_end(text, begin, limit);
  return before_markup(text, begin, end);
}

}  // namespace tts
