#include "text/tokeniser.h"

#include <unicode/uchar.h>

#include <string_view>

namespace tts {
namespace {

constexpr UChar32 kJoiner = 0x200D, kVariation16 = 0xFE0F, kKeycap = 0x20E3;
constexpr int32_t kMaxMarkupLength = 200;

bool is_letter(UChar32 c) {
  return u_isalpha(c) && !u_isdigit(c);
}

bool is_mark(UChar32 c) {
  return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 && c != kVariation16 && c != kKeycap;
}

bool is_regional_indicator(UChar32 c) {
  return c >= 0x1F1E6 && c <= 0x1F1FF;
}
bool is_skin_tone(UChar32 c) {
  return c >= 0x1F3FB && c <= 0x1F3FF;
}

UChar32 char_at(const icu::UnicodeString& text, int32_t at) {
  return at < text.length() ? text.char32At(at) : 0;
}

int32_t word_end(const icu::UnicodeString& text, int32_t at) {
  while (at < text.length()) {
    const UChar32 c = text.char32At(at);
    const bool joins = (c == '\'' || c == '-') && is_letter(char_at(text, at + 1)) && at > 0 &&
                       is_letter(text.char32At(text.moveIndex32(at, -1)));
    if (!is_letter(c) && !is_mark(c) && !joins) break;
    at = text.moveIndex32(at, 1);
  }
  return at;
}

bool starts_list_item(const icu::UnicodeString& text, int32_t at) {
  while (char_at(text, at) == ' ') ++at;
  const UChar32 c = char_at(text, at);
  if (u_isdigit(c)) {
    while (u_isdigit(char_at(text, at))) ++at;
    return (char_at(text, at) == '.' || char_at(text, at) == ')') && char_at(text, at + 1) == ' ';
  }
  return (c == '-' || c == '*' || c == u'•' || c == u'–') && char_at(text, at + 1) == ' ';
}

bool is_final_mark(UChar32 c) {
  return c == '.' || c == '?' || c == '!' || c == u'…';
}

// Where the line that ends at `end` begins; -1 where it is longer than short lines are, or where it
// cannot be seen: a text that begins with a space may begin within a line.
int32_t short_line_begin(const icu::UnicodeString& text, int32_t end) {
  constexpr int32_t kLongestShortLine = 48;  // prose that was wrapped is wider
  int32_t begin = end;
  while (begin > 0 && text[begin - 1] != '\n') {
    if (end - --begin > kLongestShortLine) return -1;
  }
  return begin == 0 && u_isspace(text[0]) ? -1 : begin;
}

int32_t last_word_begin(const icu::UnicodeString& text, int32_t begin, int32_t end) {
  while (end > begin && is_letter(text[end - 1])) --end;
  return end;
}

// "the", "of": in small letters, so short that the text goes on behind it, whatever it is.
bool is_small_word(const icu::UnicodeString& text, int32_t begin, int32_t end) {
  constexpr int32_t kLongestSmallWord = 3;
  if (begin == end || end - begin > kLongestSmallWord) return false;
  for (int32_t i = begin; i < end; ++i) {
    if (u_isupper(text[i])) return false;
  }
  return true;
}

// Whether the word at `next` would have fitted behind the line [begin, end) in any usual width: a
// line was not wrapped then. Words of compounds are long.
bool had_room(const icu::UnicodeString& text, int32_t begin, int32_t end, int32_t next) {
  constexpr int32_t kNarrowestWrap = 60;
  const int32_t room = kNarrowestWrap - (end - begin) - 1;
  int32_t word_end = next;
  while (word_end < text.length() && word_end - next <= room && !u_isspace(text[word_end]))
    ++word_end;
  return word_end - next <= room;
}

// A line that is no part of prose, as a heading, an item, a line of an address: short, without a
// sentence's end in it, and what follows begins with a capital. [begin, end): the white space
// behind it. Where it ends with a mark the mark says enough, save a colon before what it announces.
bool ends_short_line(const icu::UnicodeString& text, int32_t begin, int32_t end) {
  int32_t next = end;
  while (next < end + 2 &&
         std::u16string_view(u"\"'([“‘„«¿¡").find(text[next]) != std::u16string_view::npos)
    ++next;
  const int32_t line = short_line_begin(text, begin);
  if (line < 0 || !had_room(text, line, begin, end)) return false;
  const int32_t word = last_word_begin(text, line, begin);
  // "Jane Smith⏎12 Elm Street": a name goes before a number.
  const bool name = word < begin && u_isupper(text[word]);
  if (!u_isupper(char_at(text, next)) && !(name && u_isdigit(char_at(text, next)))) return false;
  bool letters = false;
  for (int32_t i = line; i < begin; ++i) {
    if (is_final_mark(text[i]) && (i + 1 == begin || u_isspace(text[i + 1]))) return false;
    letters = letters || is_letter(text[i]) || u_isdigit(text[i]);
  }
  const UChar32 last = text.char32At(text.moveIndex32(begin, -1));
  const bool may_end = u_isalnum(last) || last == ':' || last == ')' || last == '"' || last == '\'';
  return letters && may_end && !is_small_word(text, word, begin);
}

Token space_token(const icu::UnicodeString& text, int32_t at) {
  Token token{TokenKind::kSpace, at, at};
  int breaks = 0;
  while (u_isspace(char_at(text, token.end)) && token.end < text.length()) {
    breaks += text[token.end++] == '\n';
  }
  const bool item = breaks == 1 && starts_list_item(text, token.end);
  const bool line = breaks == 1 && at > 0 && ends_short_line(text, at, token.end);
  if (breaks > 1 || item || line) token.kind = TokenKind::kParagraph;
  return token;
}

int32_t markup_end(const icu::UnicodeString& text, int32_t at) {
  if (!text.tempSubString(at, 2).startsWith(u"[[", 2)) return at;
  const int32_t close = text.indexOf(u"]]", 2, at + 2, kMaxMarkupLength);
  return close < 0 ? at : close + 2;
}

// Base, then skin tones, variation selectors, keycap, and whatever is joined to it.
int32_t emoji_end(const icu::UnicodeString& text, int32_t at) {
  const UChar32 base = text.char32At(at);
  int32_t end = text.moveIndex32(at, 1);
  if (is_regional_indicator(base) && is_regional_indicator(char_at(text, end))) {
    return text.moveIndex32(end, 1);
  }
  while (end < text.length()) {
    const UChar32 c = text.char32At(end);
    if (c == kJoiner && end + 1 < text.length() && is_emoji(char_at(text, end + 1))) {
      end = text.moveIndex32(end + 1, 1);
    } else if (c == kVariation16 || c == kKeycap || c == kJoiner || is_skin_tone(c)) {
      end = text.moveIndex32(end, 1);
    } else {
      break;
    }
  }
  return end;
}

}  // namespace

bool is_emoji(char32_t c) {
  const auto u = static_cast<UChar32>(c);
  if (u < 0x203C || u == 0x2122 || (u >= 0x2190 && u <= 0x21FF)) return false;
  return u_hasBinaryProperty(u, UCHAR_EXTENDED_PICTOGRAPHIC) ||
         u_hasBinaryProperty(u, UCHAR_EMOJI_PRESENTATION) || is_regional_indicator(u);
}

Token next_token(const icu::UnicodeString& text, int32_t at) {
  const UChar32 c = text.char32At(at);
  if (u_isspace(c)) return space_token(text, at);
  if (is_letter(c)) return {TokenKind::kWord, at, word_end(text, at)};
  if (u_isdigit(c)) {
    int32_t end = at;
    while (end < text.length() && u_isdigit(text.char32At(end))) end = text.moveIndex32(end, 1);
    return {TokenKind::kNumber, at, end};
  }
  if (c == '[' && markup_end(text, at) > at) return {TokenKind::kMarkup, at, markup_end(text, at)};
  if (is_emoji(static_cast<char32_t>(c))) return {TokenKind::kEmoji, at, emoji_end(text, at)};
  return {TokenKind::kSymbol, at, text.moveIndex32(at, 1)};
}

}  // namespace tts
