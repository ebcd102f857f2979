// Clean text: the caller's UTF-8 as composed UTF-16 in which every unit still knows its bytes.
#pragma once
#include <unicode/unistr.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/text_types.h"

namespace tts {

// Typographic variants are mapped to one form (quotes, dashes, spaces, full-width letters,
// ligatures), invisible and control characters are gone, letters are composed (NFC).
struct CleanText {
  icu::UnicodeString text;
  std::vector<ByteSpan> bytes;  // for each UTF-16 unit of `text`, its bytes in the caller's text
  std::vector<TextWarning> warnings;

  // The caller's bytes of the units [begin, end); empty ranges give an empty span.
  ByteSpan span(int32_t begin, int32_t end) const;
};

// Bytes that are no UTF-8 and control characters are skipped with a warning. Never throws.
CleanText clean_text(std::string_view utf8);

std::string to_utf8(const icu::UnicodeString& text);
std::string to_utf8(char32_t c);
icu::UnicodeString from_utf8(std::string_view utf8);
std::string lower_case(std::string_view utf8);
std::string upper_case(std::string_view utf8);  // full Unicode, independent of the locale
std::string code_point_name(char32_t c);        // "U+4E2D"

}  // namespace tts
