// A long text in pieces that the front end reads one after the other, so that the first sound does
// not wait for the last page.
#pragma once
#include <cstddef>
#include <string_view>

namespace tts {

// Where the block that starts at `begin` ends (> begin, at most text.size()): behind an empty line
// once it is long enough; in a text without such, behind a line, a sentence, a space or, at last,
// any character. [[…]] is not cut.
size_t block_end(std::string_view text, size_t begin);

inline constexpr size_t kBlockBytes = 1500, kMaxBlockBytes = 8000;

}  // namespace tts
