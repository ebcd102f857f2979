// Clean text → raw tokens. They cover the text without gaps.
#pragma once
#include <unicode/unistr.h>

#include <cstdint>

namespace tts {

enum class TokenKind {
  kWord,       // letters with their marks, inner apostrophes and hyphens: don't, well-known, O'Neil
  kNumber,     // digits alone
  kSpace,      // spaces and single line breaks
  kParagraph,  // an empty line, a line break before a list item or behind a short line
  kMarkup,     // [[…]]
  kEmoji,      // one emoji with its modifiers, joined parts, or a flag
  kSymbol,     // any other single character
};

struct Token {
  TokenKind kind = TokenKind::kSymbol;
  int32_t begin = 0, end = 0;  // UTF-16 units
};

// The token that starts at `at` (< text.length()).
Token next_token(const icu::UnicodeString& text, int32_t at);

bool is_emoji(char32_t c);

}  // namespace tts
