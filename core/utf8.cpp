#include "core/utf8.h"

#include <cstdint>

namespace tts {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF", kLittle = "\xFF\xFE", kBig = "\xFE\xFF";

bool begins(std::string_view text, std::string_view mark) {
  return text.substr(0, mark.size()) == mark;
}

uint32_t byte_at(std::string_view bytes, size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// Bytes of the character at `at`; 0 when there is none.
size_t character_size(std::string_view bytes, size_t at) {
  const uint32_t first = byte_at(bytes, at);
  if (first < 0x80) return 1;
  const size_t size = first >= 0xC2 && first < 0xE0   ? 2
                      : first >= 0xE0 && first < 0xF0 ? 3
                      : first >= 0xF0 && first < 0xF5 ? 4
                                                      : 0;
  if (size == 0 || at + size > bytes.size()) return 0;
  for (size_t i = 1; i < size; ++i) {
    if ((byte_at(bytes, at + i) & 0xC0) != 0x80) return 0;
  }
  const uint32_t second = byte_at(bytes, at + 1);
  const bool wrong = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                     (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return wrong ? 0 : size;
}

void append(std::string& out, uint32_t c) {
  const auto put = [&](uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | c >> 6);
  } else {
    if (c < 0x10000) {
      put(0xE0 | c >> 12);
    } else {
      put(0xF0 | c >> 18);
      put(0x80 | (c >> 12 & 0x3F));
    }
    put(0x80 | (c >> 6 & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

std::optional<std::string> from_utf16(std::string_view bytes, bool big) {
  std::string out;
  const auto unit = [&](size_t at) {
    return big ? byte_at(bytes, at) << 8 | byte_at(bytes, at + 1)
               : byte_at(bytes, at + 1) << 8 | byte_at(bytes, at);
  };
  if (bytes.size() % 2 != 0) return std::nullopt;
  for (size_t at = 0; at < bytes.size(); at += 2) {
    uint32_t c = unit(at);
    if (c >= 0xD800 && c < 0xE000) {
      const uint32_t low = at + 2 < bytes.size() ? unit(at + 2) : 0;
      if (c >= 0xDC00 || low < 0xDC00 || low >= 0xE000) return std::nullopt;
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    }
    append(out, c);
  }
  return out;
}

}  // namespace

size_t find_no_utf8(std::string_view bytes) {
  for (size_t at = 0; at < bytes.size();) {
    const size_t size = character_size(bytes, at);
    if (size == 0) return at;
    at += size;
  }
  return std::string_view::npos;
}

std::optional<std::string> decoded(std::string_view file) {
  if (begins(file, kUtf8Mark)) return std::string(file.substr(kUtf8Mark.size()));
  if (begins(file, kLittle)) return from_utf16(file.substr(2), false);
  if (begins(file, kBig)) return from_utf16(file.substr(2), true);
  return std::string(file);
}

}  // namespace tts
