#include "tests/fuzz/mutator.h"

#include <algorithm>
#include <cstdint>

namespace tts::fuzz {
namespace {

constexpr size_t kMaxBytes = 4096;

// Sizes and counts that parsers trip over.
constexpr uint64_t kNumbers[] = {0,
                                 1,
                                 0x7F,
                                 0xFF,
                                 0x7FFF,
                                 0xFFFF,
                                 0x7FFFFFFF,
                                 0x80000000,
                                 0xFFFFFFFF,
                                 0x7FFFFFFFFFFFFFFF,
                                 0x8000000000000000,
                                 0xFFFFFFFFFFFFFFFF};

// Characters that mean something to one format or the other, and beginnings of UTF-8 without end.
constexpr char kCharacters[] =
    "\0\t\n\r \"'\\/<>&;[]{}(),.:-+=%$#@*|0123456789eEaZ\x7f\x80\xc3\xe2\xf0\xff";

}  // namespace

std::string Mutator::piece_of(const std::string& bytes, size_t most) {
  const size_t begin = below(bytes.size());
  return bytes.substr(begin, 1 + below(std::min(most, bytes.size() + 1)));
}

void Mutator::change(std::string& bytes) {
  const size_t at = below(bytes.size() + 1), inside = below(bytes.size());
  switch (below(9)) {
    case 0:  // a bit
      if (!bytes.empty()) bytes[inside] = static_cast<char>(bytes[inside] ^ 1 << below(8));
      break;
    case 1:  // a character in place of another
      if (!bytes.empty()) bytes[inside] = kCharacters[below(sizeof(kCharacters) - 1)];
      break;
    case 2:
      bytes.insert(at, 1, kCharacters[below(sizeof(kCharacters) - 1)]);
      break;
    case 3:
      bytes.erase(inside, 1 + below(16));
      break;
    case 4:  // said again
      bytes.insert(at, piece_of(bytes, 64));
      break;
    case 5:
      bytes.insert(at, piece_of(any_seed(), 64));
      break;
    case 6: {  // a binary number
      const uint64_t number = kNumbers[below(std::size(kNumbers))];
      const size_t width = size_t{1} << below(4);
      for (size_t i = 0; i < width && inside + i < bytes.size(); ++i)
        bytes[inside + i] = static_cast<char>(number >> (8 * i));
      break;
    }
    case 7:  // a written number
      bytes.insert(at, std::to_string(kNumbers[below(std::size(kNumbers))]));
      break;
    case 8: {  // many times
      const std::string piece = piece_of(bytes, 4);
      std::string many;
      for (size_t i = below(200); i > 0; --i) many += piece;
      bytes.insert(at, many);
      break;
    }
  }
}

std::string Mutator::next() {
  std::string bytes = any_seed();
  for (size_t changes = 1 + below(6); changes > 0; --changes) change(bytes);
  if (bytes.size() > kMaxBytes) bytes.resize(kMaxBytes);
  return bytes;
}

}  // namespace tts::fuzz
