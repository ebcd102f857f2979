// Words of a text, found as a person means them, and the text with other words in their place.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/text_types.h"

namespace tts {

// Letters, digits and apostrophes that stand together, in order.
std::vector<std::string> words_in(std::string_view text);

// Where `words` stand as whole words, in any case of letters and with any spaces between them; from
// left to right, without overlap.
std::vector<ByteSpan> find_words(std::string_view text, std::string_view words);

// What an edit did to a text.
struct TextChange {
  std::string text;  // the new one
  ByteSpan removed;  // of the old text; empty where words were only added
  ByteSpan added;    // of the new text; empty where words were only removed
};

TextChange replace_words(std::string_view text, ByteSpan place, std::string_view with);
// A space before what is added.
TextChange insert_words(std::string_view text, size_t behind, std::string_view words);
// With the space before it, or behind it at the beginning.
TextChange delete_words(std::string_view text, ByteSpan place);

}  // namespace tts
