#include "text/text_edit.h"

#include <unicode/uchar.h>

#include "text/unicode.h"

namespace tts {
namespace {

bool is_apostrophe(char16_t c) {
  return c == u'\'' || c == u'’';
}

bool in_word(char16_t c) {
  return u_isalnum(c) || is_apostrophe(c) || u_charType(c) == U_NON_SPACING_MARK ||
         (c >= 0xD800 && c < 0xE000);
}

// A word of clean text: units [begin, end).
struct WordUnits {
  int32_t begin = 0, end = 0;
  icu::UnicodeString folded;
};

std::vector<WordUnits> word_units(const icu::UnicodeString& text) {
  std::vector<WordUnits> words;
  for (int32_t at = 0; at < text.length();) {
    if (!in_word(text[at])) {
      ++at;
      continue;
    }
    WordUnits word;
    word.begin = at;
    while (at < text.length() && in_word(text[at])) ++at;
    word.end = at;
    // Those within belong to the word, those about it are quotation marks.
    while (word.begin < word.end && is_apostrophe(text[word.begin])) ++word.begin;
    while (word.begin < word.end && is_apostrophe(text[word.end - 1])) --word.end;
    if (word.begin == word.end) continue;
    word.folded = text.tempSubString(word.begin, word.end - word.begin);
    word.folded.foldCase();
    words.push_back(word);
  }
  return words;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

TextChange spliced(std::string_view text, ByteSpan removed, std::string_view added) {
  TextChange out;
  out.removed = removed;
  out.text = std::string(text.substr(0, removed.begin)) + std::string(added) +
             std::string(text.substr(removed.end));
  out.added = {removed.begin, removed.begin + added.size()};
  return out;
}

}  // namespace

std::vector<std::string> words_in(std::string_view text) {
  const CleanText clean = clean_text(text);
  std::vector<std::string> out;
  for (const auto& word : word_units(clean.text))
    out.push_back(to_utf8(icu::UnicodeString(clean.text, word.begin, word.end - word.begin)));
  return out;
}

std::vector<ByteSpan> find_words(std::string_view text, std::string_view words) {
  const CleanText clean = clean_text(text);
  const auto all = word_units(clean.text), wanted = word_units(clean_text(words).text);
  std::vector<ByteSpan> out;
  if (wanted.empty()) return out;
  for (size_t first = 0; first + wanted.size() <= all.size();) {
    size_t same = 0;
    while (same < wanted.size() && all[first + same].folded == wanted[same].folded) ++same;
    if (same < wanted.size()) {
      ++first;
      continue;
    }
    out.push_back(clean.span(all[first].begin, all[first + same - 1].end));
    first += same;
  }
  return out;
}

TextChange replace_words(std::string_view text, ByteSpan place, std::string_view with) {
  return spliced(text, place, with);
}

TextChange insert_words(std::string_view text, size_t behind, std::string_view words) {
  return spliced(text, {behind, behind}, " " + std::string(words));
}

TextChange delete_words(std::string_view text, ByteSpan place) {
  if (place.begin > 0 && is_space(text[place.begin - 1])) {
    --place.begin;
  } else if (place.end < text.size() && is_space(text[place.end])) {
    ++place.end;
  }
  return spliced(text, place, "");
}

}  // namespace tts
