#include "text/normalise/rules/context.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "text/unicode.h"

namespace tts {
namespace {

constexpr int32_t kReach = 200;  // units that a predicate looks back
constexpr char16_t kOperators[] = u"+×·÷=<>≤≥≠²³^√";

bool is_word_unit(char16_t c) {
  return u_isalpha(c) || c == '\'';
}

// A full stop, not the dot of "Tel." or "3.".
bool ends_clause(const icu::UnicodeString& text, int32_t at) {
  const char16_t c = text[at];
  if (c == '\n' || c == '!' || c == '?' || c == ';') return true;
  if (c != '.' || at + 1 >= text.length() || text[at + 1] != ' ') return false;
  int32_t letters = 0;
  while (letters < at && u_isalpha(text[at - 1 - letters])) ++letters;
  return letters > 4;
}

bool is_operator(char16_t c) {
  return c != 0 && icu::UnicodeString(kOperators).indexOf(c) >= 0;
}

int32_t beginning(const Neighbours& around) {
  return around.begin > kReach ? around.begin - kReach : 0;
}

// Whether `quote` at `at` opens: a space or a bracket before it, and something behind.
bool opens(const icu::UnicodeString& text, int32_t at, char16_t quote) {
  int32_t before = at;
  while (before > 0 && text[before - 1] == quote) --before;
  const bool free = before == 0 ||
                    (!u_isalnum(text[before - 1]) && text[before - 1] != '.' &&
                     text[before - 1] != ',' && text[before - 1] != '!' && text[before - 1] != '?');
  return free && at + 1 < text.length() && !u_isspace(text[at + 1]);
}

}  // namespace

std::string word_before(const Neighbours& around, int distance) {
  if (!around.text) return "";
  const icu::UnicodeString& text = *around.text;
  int32_t at = around.begin;
  std::string word;
  for (int i = 0; i < distance; ++i) {
    while (at > beginning(around) && !is_word_unit(text[at - 1])) {
      if (ends_clause(text, at - 1)) return "";
      --at;
    }
    const int32_t end = at;
    while (at > beginning(around) && is_word_unit(text[at - 1])) --at;
    if (at == end) return "";
    word = lower_case(to_utf8(text.tempSubStringBetween(at, end)));
  }
  return word;
}

bool cue_before(const Neighbours& around, const Words& words, int reach) {
  for (int i = 1; i <= reach; ++i) {
    const std::string word = word_before(around, i);
    if (word.empty()) return false;
    if (words.count(word)) return true;
  }
  return false;
}

bool in_quotes(const Neighbours& around, char16_t quote) {
  if (!around.text) return false;
  const icu::UnicodeString& text = *around.text;
  bool open = false;
  int32_t at = around.begin;
  while (at > beginning(around) && text[at - 1] != '\n') --at;
  for (; at < around.begin; ++at) {
    if (text[at] != quote) continue;
    if (!open) {
      open = opens(text, at, quote);
    } else if (at + 1 >= text.length() || !u_isalnum(text[at + 1])) {
      open = false;
    }
  }
  return open;
}

char16_t sign_before(const Neighbours& around) {
  if (!around.text) return 0;
  int32_t at = around.begin;
  while (at > 0 && (*around.text)[at - 1] == ' ') --at;
  return at > 0 ? (*around.text)[at - 1] : 0;
}

char16_t sign_after(const Neighbours& around) {
  if (!around.text) return 0;
  int32_t at = around.end;
  while (at < around.text->length() && (*around.text)[at] == ' ') ++at;
  return at < around.text->length() ? (*around.text)[at] : 0;
}

bool ends_sentence(const Neighbours& around, const Language& language) {
  if (!around.text) return true;
  const icu::UnicodeString& text = *around.text;
  int32_t at = around.end;
  while (at < text.length() && (text[at] == '"' || text[at] == '\'' || text[at] == ')')) ++at;
  if (at >= text.length() || text[at] == '\n') return true;
  if (text[at] != ' ') return false;
  return language.sentence_openers.count(lower_case(around.after)) != 0 && !around.after.empty() &&
         u_isupper(from_utf8(around.after).char32At(0));
}

bool in_equation(const Neighbours& around) {
  if (!around.text) return false;
  const icu::UnicodeString& text = *around.text;
  if (is_operator(sign_before(around)) || is_operator(sign_after(around))) return true;
  // "5 - 3 - 1 = 1": numbers and dashes up to the sign.
  int32_t at = around.end;
  const int32_t end = std::min(text.length(), at + kReach);
  while (at < end && (u_isdigit(text[at]) || text[at] == ' ' || text[at] == '-' ||
                      text[at] == u'–' || text[at] == '.' || text[at] == ',')) {
    ++at;
  }
  return at < end && at > around.end && is_operator(text[at]);
}

}  // namespace tts
